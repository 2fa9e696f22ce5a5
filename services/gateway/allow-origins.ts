import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What a page may read of an answer beside the body. */
const EXPOSED = [
  'X-Request-ID',
  'X-Correlation-ID',
  'X-Response-Time',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'Idempotent-Replayed',
  'Age',
  'Cache-Status',
];
const PREFLIGHT_AGE_S = 600;

/** Lets pages of other origins ask; without any, requests cost nothing of it. Tokens come in a header and never in a cookie, so no credentials. */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: METHODS,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_AGE_S,
    strictPreflight: false,
  });
}
