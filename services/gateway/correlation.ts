import type { FastifyInstance, FastifyRequest } from 'fastify';
import { acceptRequestId } from '#services/kit/request-id.ts';

export const CORRELATION_HEADER = 'x-correlation-id';

/** The id that joins all requests of one undertaking: the caller's, if it is one that may be logged, else that of this request. */
export function correlationId({ headers, id }: Pick<FastifyRequest, 'headers' | 'id'>): string {
  const sent = headers[CORRELATION_HEADER];
  return sent !== undefined && acceptRequestId(sent) === sent ? sent : id;
}

/** Every answer names its correlation and how long it took to begin (the request id is the kit's); log lines name it too. */
export function addAnswerHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const id = correlationId(request);
    if (id !== request.id) request.log = request.log.child({ correlation_id: id });
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header(CORRELATION_HEADER, correlationId(request));
    reply.header('x-response-time', `${reply.elapsedTime.toFixed(1)}ms`);
  });
}
