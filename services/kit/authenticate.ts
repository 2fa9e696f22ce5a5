import type { FastifyRequest } from 'fastify';
import { introspectBearer } from './ask-token.ts';
import { readServiceEnv } from './env.ts';
import { verifyBearer, type User } from './tokens.ts';

export type Authenticate = (request: FastifyRequest) => Promise<User>;

/** Answers who sent a request, by the token that it bears and as TOKEN_CHECK says; throws UNAUTHENTICATED. */
export function authenticateBy(jwtSecret: string): Authenticate {
  if (readServiceEnv().TOKEN_CHECK === 'local') return ({ headers }) => verifyBearer(jwtSecret, headers.authorization);
  return ({ id, headers }) => introspectBearer({ id }, headers.authorization);
}
