import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Dispatcher } from 'undici';
import type { Balancer } from '#services/kit/balance/balancer.ts';
import type { OpenApiDocument } from '#services/kit/openapi/describe-routes.ts';
import { DOCUMENT_PATH } from '#services/kit/openapi/serve-document.ts';
import type { Upstream } from './routes.ts';

const TIMEOUT_MS = 1_000;

type Instances = Pick<Balancer<Pick<Dispatcher, 'request'>>, 'members'>;

/** What each service says of its routes; null for one that does not answer. */
export async function readDocuments(
  services: ReadonlyMap<Upstream, Instances>,
): Promise<Map<Upstream, OpenApiDocument | null>> {
  const read = Array.from(services, async ([name, { members }]) => [name, await readDocument(members)] as const);
  return new Map(await Promise.all(read));
}

/** Of the first instance that has it: all of a service run the same routes. */
async function readDocument(members: Instances['members']): Promise<OpenApiDocument | null> {
  for (const { door } of members) {
    try {
      const answer = await context.with(suppressTracing(context.active()), () =>
        door.request({ method: 'GET', path: DOCUMENT_PATH, signal: AbortSignal.timeout(TIMEOUT_MS) }),
      );
      if (answer.statusCode === 200) return (await answer.body.json()) as OpenApiDocument;
      await answer.body.dump();
    } catch {
      // The next one may answer.
    }
  }
  return null;
}
