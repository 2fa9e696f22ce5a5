import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problem.ts';
import { limitHeaders } from './limit-headers.ts';
import type { Limiter } from './limiter.ts';

const QUOTA_EXCEEDED = 'https://iana.org/assignments/http-problem-types#quota-exceeded';

/** Counts every request of the instance it is registered in, and refuses those beyond a client's quota. */
export function registerLimits(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', async (request, reply) => {
    const uses = await limiter.consume(request.socket.remoteAddress ?? 'unknown');
    reply.headers(limitHeaders(uses));
    const violated = uses.filter((use) => use.isViolated).map(({ tier }) => tier.name);
    if (violated.length === 0) return;
    return sendProblem(reply, {
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      type: QUOTA_EXCEEDED,
      title: 'Quota exceeded',
      detail: `More requests than this client may send (${violated.join(', ')}). Try again after Retry-After seconds.`,
      extra: { 'violated-policies': violated },
    });
  });
}
