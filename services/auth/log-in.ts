import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { signToken, TOKEN_LIFETIME_S, User } from '#services/kit/tokens.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { AuthContext } from './context.ts';
import { checkPassword } from './password.ts';

export const LogInInput = z.strictObject({ email: z.email().max(200).toLowerCase(), password: z.string().max(200) });

export const Session = z.object({ user: User, token: z.string(), expiresInS: z.int() });
export type Session = z.infer<typeof Session>;

export async function logIn(ctx: AuthContext, input: z.infer<typeof LogInInput>): Promise<Session> {
  const found = await ctx.db
    .selectFrom('users')
    .select(['id', 'name', 'role', 'password_hash'])
    .where('email', '=', input.email)
    .executeTakeFirst();
  if (!(await checkPassword(input.password, found?.password_hash)) || !found)
    throw new ServiceError('UNAUTHENTICATED', 'Address or password is wrong.');
  const user = { id: found.id, name: found.name, role: found.role };
  const issuedAt = new Date();
  await ctx.db
    .insertInto('sessions')
    .values({
      id: randomUUID(),
      user_id: user.id,
      issued_at: issuedAt,
      expires_at: new Date(issuedAt.getTime() + TOKEN_LIFETIME_S * 1_000),
      trace_id: currentTraceId(),
    })
    .execute();
  return { user, token: await signToken(ctx.jwtSecret, user), expiresInS: TOKEN_LIFETIME_S };
}
