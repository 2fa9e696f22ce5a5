import type { FastifyReply, FastifyRequest } from 'fastify';
import isUnchanged from 'fresh';
import { setHeaders } from '../proxy/answer-client.ts';
import type { CachedResult } from './ask-through-cache.ts';
import { formatCacheStatus } from './cache-status.ts';

/** Says what is kept to a client, or that what the client has is still so. */
export function sendStored(
  request: FastifyRequest,
  reply: FastifyReply,
  { stored, ageMs, status }: Extract<CachedResult, { kind: 'stored' }>,
) {
  const { headers, body } = stored;
  setHeaders(reply, {
    ...headers,
    age: String(Math.floor(ageMs / 1_000)),
    'cache-status': formatCacheStatus(status, headers['cache-status']),
  });
  if (!isUnchanged(request.headers, headers)) return reply.code(200).send(body);
  for (const name of Object.keys(headers)) if (name.startsWith('content-')) reply.removeHeader(name);
  return reply.code(304).send();
}
