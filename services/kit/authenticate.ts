import type { FastifyRequest } from 'fastify';
import { verifyBearer, type User } from './tokens.ts';

export type Authenticate = (request: FastifyRequest) => Promise<User>;

/** Answers who sent a request, by the token that it bears; throws UNAUTHENTICATED. */
export function authenticateBy(jwtSecret: string): Authenticate {
  return ({ headers }) => verifyBearer(jwtSecret, headers.authorization);
}
