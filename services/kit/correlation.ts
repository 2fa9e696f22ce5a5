import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { acceptRequestId } from './request-id.ts';

export const CORRELATION_HEADER = 'x-correlation-id';

interface Asking {
  id: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

const underWay = new AsyncLocalStorage<string>();

/** The id that joins all requests of one undertaking: the caller's, if it is one that may be logged, else that of this request. */
export function correlationOf({ headers, id }: Asking): string {
  const sent = headers[CORRELATION_HEADER];
  return sent !== undefined && acceptRequestId(sent) === sent ? sent : id;
}

/** Runs `work` as part of the undertaking `id`: its log lines name it, and so do the calls and events that come of it. */
export function asCorrelated<Result>(id: string, work: () => Result): Result {
  return underWay.run(id, work);
}

/** The undertaking that is under way here, if there is one. */
export function currentCorrelation(): string | undefined {
  return underWay.getStore();
}

/** Makes each request of `app` part of the undertaking that its caller names. */
export function correlateRequests(app: FastifyInstance): void {
  app.addHook('onRequest', correlate);
  // Again, for a body comes by events of the connection, which belongs to no undertaking.
  app.addHook('preValidation', correlate);
}

function correlate(request: FastifyRequest, _reply: unknown, done: () => void): void {
  asCorrelated(correlationOf(request), done);
}
