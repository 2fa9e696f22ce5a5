import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { request } from 'undici';
import type { Database } from '../database.ts';
import { instancesOf } from '../service-instances.ts';

const ANSWER_MAX_MS = 800;

export const DEPENDENCY_KINDS = ['database', 'queue', 'cache', 'downstream'] as const;

/** What a service works with, and how to find out whether it is there. */
export interface Dependency {
  name: string;
  kind: (typeof DEPENDENCY_KINDS)[number];
  /** Null when it answers, else what is the matter; may throw that, too. */
  check: () => Promise<string | null>;
}

export function databaseDependency({ whyNotReady }: Pick<Database<unknown>, 'whyNotReady'>): Dependency {
  return { name: 'postgresql', kind: 'database', check: whyNotReady };
}

/** Another service of the fleet, which is there when one of its instances is ready. */
export function serviceDependency(
  name: string,
  addresses = () => instancesOf(name).members.map(({ instance }) => instance.address),
): Dependency {
  return {
    name,
    kind: 'downstream',
    check: async () => {
      const reasons = await Promise.all(addresses().map(whyUnready));
      if (reasons.length === 0) return 'no instance is known';
      return reasons.includes(null) ? null : [...new Set(reasons)].join('; ');
    },
  };
}

async function whyUnready(address: string): Promise<string | null> {
  try {
    // Every poll of health would be a trace.
    const answer = await context.with(suppressTracing(context.active()), () =>
      request(`${address}/readyz`, { signal: AbortSignal.timeout(ANSWER_MAX_MS) }),
    );
    await answer.body.dump();
    return answer.statusCode < 400 ? null : 'not ready';
  } catch {
    return 'could not be reached';
  }
}
