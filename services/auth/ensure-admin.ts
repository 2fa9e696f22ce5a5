import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { hashPassword } from './password.ts';
import type { AuthTables } from './tables.ts';

export interface AdminAccount {
  email: string;
  password: string;
}

/**
 * Has the account of the administrator be there, with the password that is given now. Answers false for a customer's account
 * of that address, which is left alone: it is not for us to raise whoever registered first.
 */
export async function ensureAdmin(db: Kysely<AuthTables>, { email, password }: AdminAccount): Promise<boolean> {
  const password_hash = await hashPassword(password);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('users')
    .values({ id: randomUUID(), email, name: 'Administrator', password_hash, role: 'ADMIN', trace_id: '' })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ password_hash }).where('users.role', '=', 'ADMIN'))
    .executeTakeFirstOrThrow();
  return Boolean(numInsertedOrUpdatedRows);
}
