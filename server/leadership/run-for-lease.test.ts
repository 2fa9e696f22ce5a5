import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createDb } from '#server/db.ts';
import { createLog } from '#server/log.ts';
import { migrateControl } from '#server/migrate.ts';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { assertHeld, type Lease } from './lease.ts';
import { runForLease } from './run-for-lease.ts';

const log = createLog('test', 'silent');
let postgres: TestPostgres;
let db: ReturnType<typeof createDb>;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  await migrateControl(postgres.url);
  db = createDb(postgres.url, log);
});
afterEach(async () => {
  for (const candidate of running.splice(0)) await candidate.stop();
});
afterAll(async () => {
  await db.$disconnect();
  await postgres.stop();
});

function run(role: string, holder: string) {
  const events: string[] = [];
  const leases: Lease[] = [];
  const candidate = runForLease({
    databaseUrl: postgres.url,
    name: role,
    holder,
    log,
    onElected: (lease) => {
      leases.push(lease);
      events.push(`elected ${lease.epoch}`);
    },
    onLost: () => void events.push('lost'),
  });
  running.push(candidate);
  return { events, leases, stop: candidate.stop };
}

it('elects one of two, and the other when the first leaves', async () => {
  const first = run('two', 'first');
  await vi.waitFor(() => expect(first.events).toEqual(['elected 1']), 20_000);
  const second = run('two', 'second');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(second.events).toEqual([]);

  await first.stop();
  expect(first.events).toEqual(['elected 1', 'lost']);
  await vi.waitFor(() => expect(second.events).toEqual(['elected 2']), 20_000);
  expect(await db.lease.findUnique({ where: { name: 'two' } })).toMatchObject({ epoch: 2n, holder: 'second' });
});

it('loses the role with its connection, is elected again, and its old lease is void', async () => {
  const only = run('cut', 'only');
  await vi.waitFor(() => expect(only.events).toEqual(['elected 1']), 20_000);
  await db.$transaction((tx) => assertHeld(tx, only.leases[0]!));

  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'switchyard-lease-cut'`,
  );
  await client.end();

  await vi.waitFor(() => expect(only.events).toEqual(['elected 1', 'lost', 'elected 2']), 20_000);
  await expect(db.$transaction((tx) => assertHeld(tx, only.leases[0]!))).rejects.toThrow(/took over the role cut/);
  await db.$transaction((tx) => assertHeld(tx, only.leases[1]!));
});

it('keeps trying while there is no server', async () => {
  const candidate = runForLease({
    databaseUrl: 'postgresql://nobody@127.0.0.1:1/none',
    name: 'away',
    holder: 'x',
    log,
    onElected: () => expect.unreachable(),
    onLost: () => expect.unreachable(),
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await candidate.stop();
});
