import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Balancer } from '#services/kit/balance/balancer.ts';
import type { Breaker } from './breaker/breaker.ts';

export const UpstreamHealth = z.object({
  service: z.string(),
  status: z.enum(['ready', 'unready', 'unreachable']),
  circuit: z.string(),
  latencyMs: z.int(),
});
export type UpstreamHealth = z.infer<typeof UpstreamHealth>;

export const HealthAnswer = z.object({
  /** `degraded` while some services are not ready, `down` when none is. */
  status: z.enum(['ok', 'degraded', 'down']),
  services: z.array(UpstreamHealth),
});
export type HealthAnswer = z.infer<typeof HealthAnswer>;

type Asked = Pick<Dispatcher, 'request'>;
type Checked = { name: string; instances: Pick<Balancer<Asked>, 'members'>; breaker: Breaker };

/** The best first: a service is as well as its best instance. */
const STATUSES = ['ready', 'unready', 'unreachable'] as const;

/** Asks every service whether it is ready; past the breakers, for this is no call of a client. */
export async function checkUpstreams(services: readonly Checked[], timeoutMs: number): Promise<HealthAnswer> {
  const checked = await Promise.all(services.map((service) => checkUpstream(service, timeoutMs)));
  const ready = checked.filter(({ status }) => status === 'ready').length;
  if (ready === checked.length) return { status: 'ok', services: checked };
  return { status: ready > 0 ? 'degraded' : 'down', services: checked };
}

async function checkUpstream({ name, instances, breaker }: Checked, timeoutMs: number): Promise<UpstreamHealth> {
  const startedMs = performance.now();
  const found = await Promise.all(instances.members.map(({ door }) => askReady(door, timeoutMs)));
  const status = STATUSES.find((each) => found.includes(each)) ?? 'unreachable';
  const latencyMs = Math.round(performance.now() - startedMs);
  return { service: name, status, circuit: breaker.state, latencyMs };
}

async function askReady(pool: Asked, timeoutMs: number): Promise<UpstreamHealth['status']> {
  try {
    // Every poll would be a trace.
    const answer = await context.with(suppressTracing(context.active()), () =>
      pool.request({ method: 'GET', path: '/readyz', signal: AbortSignal.timeout(timeoutMs) }),
    );
    await answer.body.dump();
    return answer.statusCode < 400 ? 'ready' : 'unready';
  } catch {
    return 'unreachable';
  }
}
