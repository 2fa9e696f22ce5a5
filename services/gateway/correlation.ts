import type { FastifyInstance } from 'fastify';
import { CORRELATION_HEADER, correlationOf } from '#services/kit/correlation.ts';

import { SECURITY_HEADERS } from './security-headers.ts';

export { correlationOf as correlationId };

/** Every answer names its correlation and how long it took to begin (the request id is the kit's), and what browsers must not do with it. */
export function addAnswerHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    done();
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header(CORRELATION_HEADER, correlationOf(request));
    reply.header('x-response-time', `${reply.elapsedTime.toFixed(1)}ms`);
  });
}
