import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { ServiceError } from './errors.ts';
import { Role, type User } from './tokens.ts';

/** Who the gateway found a request to be of, in its words and under its signature; it takes none from outside. */
export const IDENTITY_HEADER = 'x-gateway-identity';
// Another issuer, audience and type than an access token's: neither is ever taken for the other, though the secret is one.
const ISSUER = 'switchyard-gateway';
const AUDIENCE = 'shop-services';
const TYPE = 'gateway-identity+jwt';

const Claims = z.object({ sub: z.uuid(), name: z.string(), role: Role });

/** The gateway's word on who sent a request, good until `expiresAtS`. */
export function signIdentity(secret: string, { id, name, role }: User, expiresAtS: number): Promise<string> {
  return new SignJWT({ name, role })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime(expiresAtS)
    .sign(new TextEncoder().encode(secret));
}

/** Whom the gateway named; throws UNAUTHENTICATED for words that are not the gateway's, or old. */
export async function verifyIdentity(secret: string, signed: string): Promise<User> {
  try {
    const { payload } = await jwtVerify(signed, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp'],
    });
    const { sub, name, role } = Claims.parse(payload);
    return { id: sub, name, role };
  } catch (cause) {
    throw new ServiceError('UNAUTHENTICATED', `${IDENTITY_HEADER} is not signed by the gateway of this fleet.`, {
      cause,
    });
  }
}
