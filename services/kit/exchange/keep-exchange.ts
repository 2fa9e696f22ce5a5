import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceEnv } from '../env.ts';
import { maskFields } from '../mask/mask-fields.ts';
import { keepArriving, keepLeaving, type KeptBytes } from './kept-bytes.ts';
import { limitPerSecond } from './limit-per-second.ts';
import { tellBody } from './tell-body.ts';

/** When a service is gone every request fails, and the first of a second tell what the others would. */
const FAILED_PER_SECOND_MAX = 50;

interface Exchange {
  arriving?: KeptBytes;
  leaving?: KeptBytes;
}

/** What was said on both sides, as fields of the request's line; empty for a request of which nothing is to be told. */
export type TellExchange = (request: FastifyRequest, reply: FastifyReply) => object;

/** Keeps the beginnings of bodies as they pass, and tells them, masked, of the requests that the environment names. */
export function keepExchanges(
  app: FastifyInstance,
  { LOG_BODIES: which, LOG_BODY_BYTES: bytesMax }: Pick<ServiceEnv, 'LOG_BODIES' | 'LOG_BODY_BYTES'>,
): TellExchange {
  if (which === 'off') return () => ({});
  const mayTell = limitPerSecond(which === 'all' ? Infinity : FAILED_PER_SECOND_MAX);
  const exchanges = new WeakMap<FastifyRequest, Exchange>();
  app.addHook('onRequest', (request, _reply, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding !== undefined || (length !== undefined && length !== '0'))
      exchanges.set(request, { arriving: keepArriving(request.raw) });
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if ((which === 'all' || reply.statusCode >= 500) && mayTell())
      exchanges.set(request, { ...exchanges.get(request), leaving: keepLeaving(reply.raw) });
    done(null, payload);
  });
  return (request, reply) => {
    const { arriving, leaving } = exchanges.get(request) ?? {};
    if (!leaving) return {};
    const headers = reply.getHeaders();
    return {
      ...filled('query', JSON.stringify(maskFields(request.query))),
      requestHeaders: JSON.stringify(maskFields(request.headers)),
      ...filled('requestBody', arriving ? tellBody(arriving, request.headers, bytesMax) : ''),
      responseHeaders: JSON.stringify(maskFields(headers)),
      ...filled('responseBody', tellBody(leaving, headers, bytesMax)),
    };
  };
}

function filled(name: string, text: string): object {
  return text === '' || text === '{}' ? {} : { [name]: text };
}
