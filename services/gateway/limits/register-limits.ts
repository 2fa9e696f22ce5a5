import type { FastifyInstance } from 'fastify';
import { limitHeaders } from './limit-headers.ts';
import type { Limiter } from './limiter.ts';
import { sendQuotaExceeded } from './send-quota-exceeded.ts';

/** Counts every request of the instance it is registered in, and refuses those beyond a client's quota. */
export function registerLimits(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', async (request, reply) => {
    const uses = await limiter.consume(request.socket.remoteAddress ?? 'unknown');
    reply.headers(limitHeaders(uses));
    const violated = uses.filter((use) => use.isViolated).map(({ tier }) => tier.name);
    if (violated.length === 0) return;
    return sendQuotaExceeded(reply, violated);
  });
}
