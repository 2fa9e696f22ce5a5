import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb } from './db.ts';
import { toDbError } from './db-error.ts';
import { startTestControl, type TestControl } from './testing/control.ts';

let control: TestControl;

beforeAll(async () => {
  control = await startTestControl();
});
afterAll(() => control.stop());

async function failure(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => expect.unreachable(),
    (error: unknown) => toDbError(error)?.message ?? null,
  );
}

it('says that the server is away, refuses, or has to be migrated', async () => {
  const at = (change: (url: URL) => void) => {
    const changed = new URL(control.url);
    change(changed);
    return createDb(changed.href, control.log);
  };
  const away = at((url) => (url.port = '1'));
  const nameless = at((url) => (url.pathname = '/none'));
  const stranger = at((url) => (url.password = 'wrong'));
  expect(await failure(away.alert.findMany())).toMatch(/does not answer/);
  expect(await failure(away.$transaction((tx) => tx.alert.findMany()))).toMatch(/does not answer/);
  expect(await failure(away.$queryRaw`SELECT 1`)).toMatch(/does not answer/);
  expect(await failure(nameless.alert.findMany())).toMatch(/DATABASE_URL/);
  expect(await failure(stranger.alert.findMany())).toMatch(/DATABASE_URL/);
  const slow = control.db.$transaction([
    control.db.$executeRaw`SET LOCAL statement_timeout = 50`,
    control.db.$executeRaw`SELECT pg_sleep(1)`,
  ]);
  expect(await failure(slow)).toMatch(/too long/);
  await control.sql('ALTER TABLE control.alert RENAME TO alerts');
  expect(await failure(control.db.alert.findMany())).toMatch(/npm run migrate/);
  expect(await failure(control.db.$queryRaw`SELECT * FROM control.alert`)).toMatch(/npm run migrate/);
  await control.sql('ALTER TABLE control.alerts RENAME TO alert');
  await Promise.all([away, nameless, stranger].map((db) => db.$disconnect()));
});

it('leaves alone what is a fault of ours', async () => {
  expect(await failure(control.db.$executeRaw`SELECT 1 / 0`)).toBeNull();
  expect(toDbError(new Error('other'))).toBeNull();
  expect(toDbError(undefined)).toBeNull();
});
