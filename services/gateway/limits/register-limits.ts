import type { FastifyInstance } from 'fastify';
import { limitHeaders } from './limit-headers.ts';
import type { LimitMetrics } from './limit-metrics.ts';
import type { Limiter } from './limiter.ts';
import { noteLimits } from './note-limits.ts';
import { sendQuotaExceeded } from './send-quota-exceeded.ts';

/** Counts every request of the instance it is registered in, and refuses those beyond a client's quota. */
export function registerLimits(
  app: FastifyInstance,
  limiter: Limiter,
  countRefusal: LimitMetrics['countRefusal'],
): void {
  app.addHook('onRequest', async (request, reply) => {
    const client = request.socket.remoteAddress ?? 'unknown';
    const uses = await limiter.consume(client);
    reply.headers(limitHeaders(uses));
    const violated = uses.filter((use) => use.isViolated).map(({ tier }) => tier.name);
    noteLimits(client, violated);
    if (violated.length === 0) return;
    countRefusal(violated);
    return sendQuotaExceeded(reply, violated);
  });
}
