import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { ServiceError } from './errors.ts';

const ISSUER = 'switchyard-auth';
const AUDIENCE = 'shop';
export const TOKEN_LIFETIME_S = 900;

/** What a person may: an administrator everything that a customer may, too. */
export const Role = z.enum(['USER', 'ADMIN']);
export type Role = z.infer<typeof Role>;

export const User = z.object({ id: z.uuid(), name: z.string(), role: Role.default('USER') });
export type User = z.infer<typeof User>;

const Claims = z.object({ sub: z.uuid(), name: z.string(), role: Role.default('USER'), exp: z.int() });

/** An access token that the gateway, and every service holding JWT_SECRET, can check by itself. */
export function signToken(secret: string, { id, name, role }: z.input<typeof User>): Promise<string> {
  return new SignJWT({ name, role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_LIFETIME_S}s`)
    .sign(new TextEncoder().encode(secret));
}

/** The token of an `authorization` header; throws UNAUTHENTICATED. */
export function bearerOf(authorization: string | undefined): string {
  const token = /^Bearer ([\w.-]{20,4096})$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw new ServiceError(
    'UNAUTHENTICATED',
    'Log in by POST /api/auth/login, and send its token as Authorization: Bearer.',
  );
}

/** Whose token this is, and until when, in seconds since 1970; throws UNAUTHENTICATED. */
export async function verifyToken(secret: string, token: string): Promise<{ user: User; expiresAtS: number }> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp'],
    });
    const { sub, name, role, exp } = Claims.parse(payload);
    return { user: { id: sub, name, role }, expiresAtS: exp };
  } catch (cause) {
    throw new ServiceError('UNAUTHENTICATED', 'The token is not valid any more. Log in again.', { cause });
  }
}

/** Who sent the `authorization` header; throws UNAUTHENTICATED. */
export async function verifyBearer(secret: string, authorization: string | undefined): Promise<User> {
  return (await verifyToken(secret, bearerOf(authorization))).user;
}

/** Whether a person of one role may do what is for another. */
export function mayActAs(role: Role, needed: Role): boolean {
  return needed === 'USER' || role === 'ADMIN';
}
