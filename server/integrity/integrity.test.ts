import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { openConfig } from '#server/config/open-config.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { ensureReader } from './ensure-reader.ts';
import { getCheck } from './get-check.ts';
import { listChanges } from './list-changes.ts';
import { listChecks } from './list-checks.ts';
import { runCheck } from './run-check.ts';
import { runSchedule } from './run-schedule.ts';
import { openWatchedDatabase, type WatchedDatabase } from './watched-database.ts';

let control: TestControl;
let watched: WatchedDatabase;
let configDir: string;
let nowMs = Date.UTC(2026, 4, 1, 12);

beforeAll(async () => {
  control = await startTestControl();
  watched = openWatchedDatabase({ adminUrl: control.url });
  await control.sql(`
    CREATE SCHEMA orders; CREATE SCHEMA auth;
    CREATE TABLE auth.users (id bigint PRIMARY KEY);
    CREATE TABLE orders.orders (id bigint PRIMARY KEY, user_id bigint, note text);`);
});
afterAll(() => control.stop());
beforeEach(async () => {
  configDir = mkdtempSync(path.join(tmpdir(), 'switchyard-checks-'));
  mkdirSync(path.join(configDir, 'checks'));
  await control.sql(`TRUNCATE auth.users, orders.orders, control.check_run, control.violation, control.audit_entry`);
});
afterEach(() => rmSync(configDir, { recursive: true }));

const ORPHANS = `SELECT o.id, o.user_id, o.note FROM orders.orders o LEFT JOIN auth.users u ON u.id = o.user_id WHERE u.id IS NULL`;

function write(name: string, sql: string, rest = '') {
  const text = `name: ${name}\ntitle: Title of ${name}\nseverity: critical\nowner: team\nschedule: "*/5 * * * *"\nkey: [id]\n${rest}sql: |\n  ${sql.replaceAll('\n', '\n  ')}\n`;
  writeFileSync(path.join(configDir, 'checks', `${name}.yaml`), text);
}
const now = () => new Date((nowMs += 1_000));
function context() {
  const env = { CONFIG_DIR: configDir, PUBLIC_URL: 'http://127.0.0.1:3000', SLACK_WEBHOOK_URL: undefined };
  return { db: control.db, config: openConfig(env, control.log), watched, actor: LOCAL_OPERATOR, now };
}
const run = (name: string) => runCheck(context(), { name });

describe('runCheck', () => {
  it('passes, finds a new row, knows it the next time, sees it gone, and it is new when it comes back', async () => {
    write('orphans', ORPHANS);
    await control.sql(`INSERT INTO auth.users VALUES (1); INSERT INTO orders.orders VALUES (10, 1, 'fine')`);
    expect(await run('orphans')).toMatchObject({
      status: 'passed',
      violations: 0,
      newViolations: 0,
      trigger: 'manual',
    });

    await control.sql(`INSERT INTO orders.orders VALUES (9007199254740993, 7, NULL)`);
    expect(await run('orphans')).toMatchObject({ status: 'violated', violations: 1, newViolations: 1, error: null });
    expect(await run('orphans')).toMatchObject({ violations: 1, newViolations: 0 });
    const { violations, status, history } = await getCheck(context(), { name: 'orphans' });
    expect(violations).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        firstSeenMs: expect.any(Number),
        lastSeenMs: expect.any(Number),
        row: { id: '9007199254740993', user_id: '7', note: null },
        isNew: true,
      },
    ]);
    expect(violations[0]!.lastSeenMs).toBeGreaterThan(violations[0]!.firstSeenMs);
    expect({ status, history }).toEqual({ status: 'violated', history: [0, 1, 1] });

    await control.sql(`INSERT INTO auth.users VALUES (7)`);
    expect(await run('orphans')).toMatchObject({ status: 'passed' });
    expect((await getCheck(context(), { name: 'orphans' })).violations).toEqual([]);
    await control.sql(`DELETE FROM auth.users WHERE id = 7`);
    expect(await run('orphans')).toMatchObject({ violations: 1, newViolations: 1 });
  });

  it('counts all rows, keeps a hundred to look at, the new ones first', async () => {
    write('orphans', ORPHANS);
    await control.sql(`INSERT INTO orders.orders SELECT n, 0, repeat('x', 1000) FROM generate_series(1, 250) n`);
    expect(await run('orphans')).toMatchObject({ violations: 250, newViolations: 250 });
    await control.sql(`INSERT INTO orders.orders VALUES (999, 0, 'late')`);
    expect(await run('orphans')).toMatchObject({ violations: 251, newViolations: 1 });
    const { violations } = await getCheck(context(), { name: 'orphans' });
    expect(violations).toHaveLength(100);
    expect(violations[0]!.row).toMatchObject({ id: '999' });
    expect(violations[1]!.row.note).toHaveLength(501);
    expect(await control.db.violation.count({ where: { resolvedAt: null } })).toBe(251);
  });

  it('writes who ran it', async () => {
    write('orphans', ORPHANS);
    await run('orphans');
    expect(await control.db.auditEntry.findMany()).toMatchObject([
      { actorId: 'local', verb: 'integrity.run', subject: 'orphans' },
    ]);
  });

  it('runs several at once over a database that it sees for the first time', async () => {
    write('orphans', ORPHANS);
    await ensureReader(control.url);
    await control.sql('DROP OWNED BY switchyard_readonly; DROP ROLE switchyard_readonly');
    const fresh = openWatchedDatabase({ adminUrl: control.url });
    const [check] = context().config.checks.values();
    const outcomes = await Promise.all([1, 2, 3].map(() => fresh.execute(check!, new Set())));
    expect(outcomes.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  });

  it('refuses a reader, and a check that is not there', async () => {
    write('orphans', ORPHANS);
    const reader = { ...LOCAL_OPERATOR, role: 'reader' as const };
    await expect(runCheck({ ...context(), actor: reader }, { name: 'orphans' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(run('other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await control.db.auditEntry.count()).toBe(0);
  });

  it.each([
    ['SELECT id\nFROM orders.missing', /^relation "orders\.missing" does not exist \(line 2\)$/],
    ['SELEC 1', /syntax error/],
    ['SELECT 1 AS other', /column violation\.id does not exist/],
    ['SELECT 1 AS id; DELETE FROM orders.orders', /syntax error/],
    ['DELETE FROM orders.orders RETURNING id', /permission denied|WITH clause|read-only/],
    ['SELECT rule AS id FROM control.alert', /permission denied for schema control/],
    [`SELECT set_config('transaction_read_only', 'off', false) AS id`, /read-write mode/],
    [`SELECT nextval('orders.counter') AS id`, /permission denied|read-only/],
    [`SELECT pg_read_file('/etc/hostname') AS id`, /permission denied/],
    [`SELECT pg_sleep(11)::text AS id`, /statement timeout/],
  ])(
    'shows what Postgres says about %s',
    async (sql, message) => {
      await control.sql(`CREATE SEQUENCE IF NOT EXISTS orders.counter; INSERT INTO orders.orders VALUES (1, 1, '')`);
      write('broken', sql);
      write('orphans', ORPHANS);
      const result = await run('broken');
      expect(result).toMatchObject({ status: 'failed', violations: 0, error: expect.stringMatching(message) });
      expect(await control.sql('SELECT count(*)::int AS n FROM orders.orders')).toEqual([{ n: 1 }]);
      expect(await run('orphans')).toMatchObject({ status: 'violated' });
    },
    20_000,
  );

  it('a failed run says nothing about violations', async () => {
    write('orphans', ORPHANS);
    await control.sql(`INSERT INTO orders.orders VALUES (1, 1, '')`);
    await run('orphans');
    await control.sql('ALTER TABLE auth.users RENAME TO people');
    expect(await run('orphans')).toMatchObject({ status: 'failed' });
    await control.sql('ALTER TABLE auth.people RENAME TO users');
    expect(await run('orphans')).toMatchObject({ violations: 1, newViolations: 0 });
    expect((await getCheck(context(), { name: 'orphans' })).history).toEqual([1, null, 1]);
  });

  it('reads tables and schemas that were made after it was set up', async () => {
    write('late', 'SELECT id FROM shipping.shipments');
    expect(await run('late')).toMatchObject({ status: 'failed', error: expect.stringContaining('shipping.shipments') });
    await control.sql('CREATE SCHEMA shipping; CREATE TABLE shipping.shipments AS SELECT 1 AS id');
    expect(await run('late')).toMatchObject({ status: 'violated', violations: 1 });
    await control.sql('DROP SCHEMA shipping CASCADE');
  });

  it('comments, CTEs and trailing semicolons are fine', async () => {
    write('fancy', `WITH a AS (SELECT 1 AS id) -- one\nSELECT id FROM a; -- all`.replace('; -- all', ' -- all'));
    expect(await run('fancy')).toMatchObject({ violations: 1 });
  });

  it('says that Postgres is away', async () => {
    const away = openWatchedDatabase({ adminUrl: 'postgresql://nobody@127.0.0.1:1/none' });
    write('orphans', ORPHANS);
    expect(await runCheck({ ...context(), watched: away }, { name: 'orphans' })).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('the reader', () => {
  it('can do nothing but read', async () => {
    const client = new pg.Client({ connectionString: await ensureReader(control.url) });
    await client.connect();
    const refused = async (sql: string) => expect(client.query(sql)).rejects.toThrow(/permission denied|read-only/);
    expect((await client.query('SELECT count(*)::int AS n FROM orders.orders')).rows).toEqual([{ n: 0 }]);
    await refused('SELECT * FROM control.audit_entry');
    await refused(`INSERT INTO orders.orders VALUES (1, 1, '')`);
    await client.query('SET default_transaction_read_only = off');
    await refused(`INSERT INTO orders.orders VALUES (1, 1, '')`);
    await refused('CREATE TABLE public.mine (id int)');
    await refused('SET ROLE switchyard');
    await client.end();
  });
});

describe('listChecks', () => {
  it('shows a wrong file as a failed check beside the others', async () => {
    write('orphans', ORPHANS);
    writeFileSync(path.join(configDir, 'checks', 'Bad One.yaml'), 'name: 3\n');
    const checks = await listChecks(context());
    expect(checks.map(({ name, status }) => [name, status])).toEqual([
      ['bad-one', 'failed'],
      ['orphans', 'never_run'],
    ]);
    expect(checks[0]!.lastRun?.error).toMatch(/line 1: name: /);
    expect(checks[1]).toMatchObject({ schedule: '*/5 * * * *', running: false, lastRun: null, history: [] });
    expect(checks[1]!.nextRunMs! % 300_000).toBe(0);
    expect((await getCheck(context(), { name: 'bad-one' })).lastRun?.error).toMatch(/line 1/);
  });
});

describe('listChanges', () => {
  it('tells when a check turned, and of new violations', async () => {
    write('orphans', ORPHANS);
    const from = nowMs;
    await run('orphans');
    await run('orphans');
    await control.sql(`INSERT INTO orders.orders VALUES (1, 1, '')`);
    await run('orphans');
    await run('orphans');
    await control.sql(`INSERT INTO orders.orders VALUES (2, 1, '')`);
    await run('orphans');
    await control.sql(`TRUNCATE orders.orders`);
    await run('orphans');
    const changes = await listChanges(context(), { range: { fromMs: from, toMs: nowMs + 100_000 }, limit: 10 });
    expect(changes.map(({ title, severity, href }) => [title, severity, href])).toEqual([
      ['Title of orphans: passes again', 'ok', '/integrity/orphans'],
      ['Title of orphans: 1 new violations', 'critical', '/integrity/orphans'],
      ['Title of orphans: violated', 'critical', '/integrity/orphans'],
    ]);
  });
});

const start = async () => {
  const { db, config } = context();
  await control.sql(`INSERT INTO control.lease VALUES ('test', 1, 'me', now()) ON CONFLICT DO NOTHING`);
  const lease = { name: 'test', epoch: 1n };
  return runSchedule({
    context: { db, watched, now: () => new Date(), lease, log: control.log },
    checks: config.checks,
  });
};
const runs = () => control.db.checkRun.findMany({ orderBy: { startedAt: 'asc' } });

const everySecond = (name: string) =>
  writeFileSync(
    path.join(configDir, 'checks', `${name}.yaml`),
    `name: ${name}\ntitle: t\nseverity: info\nowner: o\nschedule: "* * * * * *"\nkey: [id]\nsql: SELECT 1 AS id\n`,
  );

describe('runSchedule', () => {
  it('runs at the start, shows a real mistake at once and waits quietly for a table', async () => {
    write('orphans', ORPHANS);
    write('wrong', 'SELEC');
    write('soon', 'SELECT id FROM later.things');
    const schedule = await start();
    await vi.waitFor(async () => expect(await runs()).toHaveLength(2), 20_000);
    expect((await runs()).map(({ check, status }) => `${check} ${status}`).toSorted()).toEqual([
      'orphans passed',
      'wrong failed',
    ]);
    await control.sql('CREATE SCHEMA later; CREATE TABLE later.things AS SELECT 1 AS id');
    await vi.waitFor(async () => expect(await runs()).toHaveLength(3), 20_000);
    expect((await runs())[2]).toMatchObject({ check: 'soon', status: 'violated', trigger: 'start' });
    await schedule.stop();
    await control.sql('DROP SCHEMA later CASCADE');
  });

  it('runs on the clock, takes changed files, and stops', async () => {
    everySecond('often');
    const schedule = await start();
    await vi.waitFor(
      async () => expect((await runs()).filter(({ trigger }) => trigger === 'schedule').length).toBeGreaterThan(1),
      20_000,
    );
    await schedule.stop();
    const count = (await runs()).length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await runs()).toHaveLength(count);
  });
});
