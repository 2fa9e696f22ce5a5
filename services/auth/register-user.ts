import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { AuthContext } from './context.ts';
import { hashPassword } from './password.ts';

export const RegisterInput = z.strictObject({
  email: z.email().max(200).toLowerCase(),
  name: z.string().trim().min(1).max(100),
  password: z.string().min(10).max(200),
});

export async function registerUser(ctx: AuthContext, input: z.infer<typeof RegisterInput>): Promise<User> {
  const id = randomUUID();
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('users')
    .values({
      id,
      email: input.email,
      name: input.name,
      password_hash: await hashPassword(input.password),
      trace_id: currentTraceId(),
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) throw new ServiceError('CONFLICT', 'There is an account with this address. Log in.');
  ctx.registrations.inc();
  return { id, name: input.name, role: 'USER' };
}
