import type { FastifyRequest } from 'fastify';
import { ServiceError } from '#services/kit/errors.ts';
import { mayActAs } from '#services/kit/tokens.ts';
import { findAccess } from './find-access.ts';
import type { Identify, Identity } from './identify.ts';
import type { AccessRule } from './rules.ts';

export interface AccessControl {
  rules: readonly AccessRule[];
  identify: Identify;
}

/** Lets a request in, and says whose it is where not everybody may send it; throws UNAUTHENTICATED or FORBIDDEN. */
export async function admitRequest(
  { rules, identify }: AccessControl,
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
  upstreamPath: string,
): Promise<Identity | null> {
  const access = findAccess(rules, method, upstreamPath);
  if (access === 'public') return null;
  const identity = await identify(headers.authorization);
  if (mayActAs(identity.user.role, access)) return identity;
  throw new ServiceError('FORBIDDEN', `This is for the role ${access}, and the token has ${identity.user.role}.`);
}
