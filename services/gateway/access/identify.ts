import { signIdentity } from '#services/kit/identity.ts';
import { bearerOf, verifyToken, type User } from '#services/kit/tokens.ts';

export interface Identity {
  user: User;
  /** The gateway's word on it, for the service. */
  signed: string;
}

export type Identify = (authorization: string | undefined) => Promise<Identity> | Identity;

/** How long a service may believe us: a request is long answered by then. */
const SIGNED_FOR_S = 60;
/** So long one signature serves for all requests of a token. */
const REUSED_FOR_S = 30;
/** A few megabytes; who is logged in beyond that is verified each time. */
const KEPT_MAX = 5_000;

/**
 * Verifies a token, once in half a minute however often it is sent: the signature of a service's word costs as much as the
 * rest of a small request. Throws UNAUTHENTICATED.
 */
export function createIdentify(jwtSecret: string, now: () => number = Date.now): Identify {
  const kept = new Map<string, Identity & { untilS: number }>();
  return (authorization) => {
    const token = bearerOf(authorization);
    const known = kept.get(token);
    if (known && now() / 1_000 < known.untilS) return known;
    kept.delete(token);
    return verify(token);
  };

  async function verify(token: string): Promise<Identity> {
    const { user, expiresAtS } = await verifyToken(jwtSecret, token);
    const nowS = Math.floor(now() / 1_000);
    const signed = await signIdentity(jwtSecret, user, Math.min(expiresAtS, nowS + SIGNED_FOR_S));
    const identity = { user, signed, untilS: Math.min(expiresAtS, nowS + REUSED_FOR_S) };
    // The oldest is first in a Map.
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!);
    kept.set(token, identity);
    return identity;
  }
}
