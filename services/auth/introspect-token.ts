import { z } from 'zod';
import { Role, verifyToken } from '#services/kit/tokens.ts';
import type { AuthContext } from './context.ts';

export const IntrospectInput = z.strictObject({ token: z.string().min(1).max(4_096) });

/** RFC 7662's members, and the role. */
export const Introspection = z.object({
  active: z.boolean(),
  sub: z.uuid().optional(),
  name: z.string().optional(),
  role: Role.optional(),
  exp: z.int().optional(),
});
export type Introspection = z.infer<typeof Introspection>;

/** Whether a token is good and its user still a customer; why one is not good, nobody is told. */
export async function introspectToken(
  { db, jwtSecret }: Pick<AuthContext, 'db' | 'jwtSecret'>,
  { token }: z.infer<typeof IntrospectInput>,
): Promise<Introspection> {
  const verified = await verifyToken(jwtSecret, token).catch(() => null);
  if (!verified) return { active: false };
  const { user, expiresAtS } = verified;
  const known = await db.selectFrom('users').select(['name', 'role']).where('id', '=', user.id).executeTakeFirst();
  return known ? { active: true, sub: user.id, ...known, exp: expiresAtS } : { active: false };
}
