import type { FastifyRequest } from 'fastify';
import { introspectBearer } from './ask-token.ts';
import { readServiceEnv } from './env.ts';
import { ServiceError } from './errors.ts';
import { IDENTITY_HEADER, verifyIdentity } from './identity.ts';
import { verifyBearer, type User } from './tokens.ts';

export type Authenticate = (request: Pick<FastifyRequest, 'id' | 'headers'>) => Promise<User>;

/** Answers who sent a request, as TOKEN_CHECK says; throws UNAUTHENTICATED. */
export function authenticateBy(jwtSecret: string): Authenticate {
  if (readServiceEnv().TOKEN_CHECK === 'local') return authenticateLocally(jwtSecret);
  return ({ id, headers }) => introspectBearer({ id }, headers.authorization);
}

/** By what the gateway has signed; by the token itself where a request did not come through it. */
export function authenticateLocally(jwtSecret: string): Authenticate {
  return ({ headers }) => {
    const identity = headers[IDENTITY_HEADER];
    if (typeof identity === 'string') return verifyIdentity(jwtSecret, identity);
    return verifyBearer(jwtSecret, headers.authorization);
  };
}

/** The same for what only administrators may; throws FORBIDDEN for others. */
export function authenticateAdminBy(jwtSecret: string): Authenticate {
  const authenticate = authenticateBy(jwtSecret);
  return async (request) => {
    const user = await authenticate(request);
    if (user.role !== 'ADMIN') throw new ServiceError('FORBIDDEN', 'Only an administrator may do this.');
    return user;
  };
}
