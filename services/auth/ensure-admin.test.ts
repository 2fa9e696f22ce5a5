import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { openDatabase, type Database } from '#services/kit/database.ts';
import { createLog } from '#services/kit/log.ts';
import { verifyToken } from '#services/kit/tokens.ts';
import type { AuthContext } from './context.ts';
import { ensureAdmin } from './ensure-admin.ts';
import { readAuthEnv } from './env.ts';
import { introspectToken } from './introspect-token.ts';
import { logIn } from './log-in.ts';
import { registerUser } from './register-user.ts';
import { startEnsuringAdmin } from './start-ensuring-admin.ts';
import type { AuthTables } from './tables.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = createLog('auth', 'silent');
let postgres: TestPostgres;
let database: Database<AuthTables>;
let ctx: AuthContext;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const migrationsDir = path.join(import.meta.dirname, 'migrations');
  database = openDatabase<AuthTables>({ url: postgres.url, schema: 'auth', migrationsDir, log });
  ctx = { db: database.db, jwtSecret, registrations: new Counter({ name: 'counted', help: '-', registers: [] }) };
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});
const account = () => ({ email: `${randomUUID()}@shop.example`, password: 'correct horse battery' });

test('the administrator is there as soon as the schema is, and the token says what they are', async () => {
  const admin = account();
  const stop = startEnsuringAdmin(database, admin, log);
  await vi.waitFor(() => logIn(ctx, admin), { timeout: 60_000, interval: 50 });
  await stop();
  const { token, user } = await logIn(ctx, admin);
  expect(user.role).toBe('ADMIN');
  expect((await verifyToken(jwtSecret, token)).user).toEqual(user);
  expect(await introspectToken(ctx, { token })).toMatchObject({ active: true, role: 'ADMIN' });

  const changed = { ...admin, password: 'another horse battery' };
  expect(await ensureAdmin(ctx.db, changed)).toBe(true);
  expect((await logIn(ctx, changed)).user.id).toBe(user.id);
  await expect(logIn(ctx, admin)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('a customer stays one, also when the administrator is to have their address', async () => {
  const customer = account();
  await registerUser(ctx, { ...customer, name: 'Ada' });
  expect(await ensureAdmin(ctx.db, { ...customer, password: 'a password of the operator' })).toBe(false);
  expect((await logIn(ctx, customer)).user.role).toBe('USER');
});

test('an address without a password is no account', () => {
  expect(readAuthEnv({ NODE_ENV: 'test' })).toEqual({ admin: null });
  expect(() => readAuthEnv({ NODE_ENV: 'test', AUTH_ADMIN_EMAIL: 'root@shop.example' })).toThrow('AUTH_ADMIN_PASSWORD');
});
