// Rules on a clock that only moves when it is told, over a real store and control database.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { queryInstant } from '#server/promql/query.ts';
import { createStoreSource } from '#server/promql/read/store-source.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import { parseRuleFile } from './parse-rule-file.ts';
import type { RuleGroup } from './rule.ts';
import { runEvaluator, type Evaluator } from './run-evaluator.ts';
import { saveHealth, type RuleReport } from './save-health.ts';
import { createSeriesWriter, type SeriesWriter } from './series/series-writer.ts';
import { createTestClock, type TestClock } from './testing/test-clock.ts';

const MINUTE_MS = 60_000;
const START = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 60 * MINUTE_MS;
let control: TestControl;
let engine: TestEngine;
let store: Store;
let writer: SeriesWriter;
let clock: TestClock;
let evaluator: Evaluator;
let groups: RuleGroup[];
let evaluated: string[];
/** Each pass over rules ends with one write. */
let passes: number;
let failWrites: boolean;

beforeAll(async () => {
  [control, engine] = await Promise.all([startTestControl(), startTestEngine()]);
  store = createStore({ url: engine.url, database: 'rules', log: control.log });
  await applySchema(store);
  await control.sql(`INSERT INTO control.lease VALUES ('test', 1, 'me', now())`);
});
afterAll(async () => {
  await store?.close();
  await Promise.all([control?.stop(), engine?.stop()]);
});
beforeEach(async () => {
  await control.sql('TRUNCATE control.alert, control.rule_evaluation CASCADE');
  await control.sql('UPDATE control.lease SET epoch = 1');
  for (const table of ['series', 'samples']) await store.command('test', `TRUNCATE TABLE ${table}`);
  writer = createSeriesWriter(store);
  clock = createTestClock(START);
  [evaluated, passes, failWrites] = [[], 0, false];
});
afterEach(() => evaluator?.stop());

/** Runs the rules, and waits for the first pass of each group. */
function start(rules: string): Promise<void> {
  groups = parse(rules);
  return run();
}

async function run(): Promise<void> {
  evaluator = runEvaluator({
    context: {
      db: control.db,
      store,
      writer: {
        write: async (samples) => {
          try {
            if (failWrites) throw new Error('the disk is full');
            await writer.write(samples);
          } finally {
            passes++;
          }
        },
      },
      config: { publicUrl: 'http://console' },
      lease: { name: 'test', epoch: 1n },
      log: control.log,
      now: clock.now,
    },
    rules: { values: () => groups, errors: () => [] },
    intervalMs: MINUTE_MS,
    onTransitions: () => {},
    onEvaluated: (rule, health) => evaluated.push(health === 'ok' ? rule : `${rule} failed`),
    clock,
  });
  await passed(groups.length);
}

const parse = (rules: string) => parseRuleFile(`groups: [{name: g, rules: [${rules}]}]`, 'a.yaml');

async function passed(count: number): Promise<void> {
  await vi.waitFor(() => expect(passes).toBe(count), 20_000);
  await vi.waitFor(() => expect(clock.untilNext()).toBeDefined(), 20_000);
}

const sample = (name: string, of: Record<string, string>, value: number | 'stale') =>
  writer.write([
    { labels: Labels.from(Object.entries({ ...of, __name__: name })), value, timeMs: clock.now().getTime() },
  ]);

/** Moves the clock to what is due next, and waits for it. */
async function next(): Promise<number> {
  const [before, waitMs] = [passes, clock.untilNext()!];
  clock.advance(waitMs);
  await passed(before + 1);
  return waitMs;
}

async function ask(query: string): Promise<string[]> {
  const { data } = await queryInstant({ source: createStoreSource(store), query, timeMs: clock.now().getTime() });
  if (data.resultType !== 'vector') throw new Error('not a vector');
  return data.result.map(
    ({ labels, value }) =>
      `${labels
        .withoutName()
        .entries()
        .map(([, text]) => text)
        .join(' ')} ${value}`,
  );
}

const alerts = async () =>
  (await control.db.alert.findMany({ orderBy: { activeSince: 'asc' } })).map(({ rule, state }) => `${rule} ${state}`);

const errors = async () =>
  (await control.db.ruleEvaluation.findMany({ orderBy: { ruleKey: 'asc' } })).map(({ lastError }) => lastError);

it('records in order, so that later rules use it at once, and says when a series has ended', async () => {
  await sample('hits', { job: 'a', zone: 'x' }, 1);
  await sample('hits', { job: 'a', zone: 'y' }, 2);
  await sample('hits', { job: 'b', zone: 'x' }, 5);
  await start(
    `{record: "job:hits:sum", expr: sum by (job) (hits), labels: {team: core}},
     {record: "job:hits:double", expr: "job:hits:sum * 2"},
     {alert: Many, expr: "job:hits:double > 6", labels: {severity: info}}`,
  );
  expect(evaluated).toEqual(['job:hits:sum', 'job:hits:double', 'Many']);
  expect(await ask('job:hits:sum')).toEqual(['a core 3', 'b core 5']);
  expect(await ask('job:hits:double')).toEqual(['a core 6', 'b core 10']);
  expect(await alerts()).toEqual(['Many firing']);
  expect(await ask('ALERTS{alertname="Many", alertstate="firing"}')).toEqual(['Many firing b info core 1']);
  expect(await ask('ALERTS_FOR_STATE')).toEqual([`Many b info core ${START / 1_000}`]);

  // What it was made of has ended: it must not be carried on for five minutes.
  await sample('hits', { job: 'b', zone: 'x' }, 'stale');
  expect(await next()).toBe(MINUTE_MS);
  expect(await ask('job:hits:sum')).toEqual(['a core 3']);
  expect(await ask('job:hits:double')).toEqual(['a core 6']);
  expect(await ask('ALERTS')).toEqual([]);
  expect(await alerts()).toEqual(['Many resolved']);
});

it('waits for `for` and holds by `keep_firing_for` to the moment, without the interval to help', async () => {
  await sample('hits', { job: 'a' }, 1);
  await start(`{alert: Hit, expr: hits > 0, for: 20s, keep_firing_for: 30s}`);
  expect(await alerts()).toEqual(['Hit pending']);
  expect(await ask('ALERTS')).toEqual(['Hit pending a 1']);
  expect(await next()).toBeCloseTo(20_000, -2);
  expect(await alerts()).toEqual(['Hit firing']);
  expect(await ask('ALERTS')).toEqual(['Hit firing a 1']);
  await sample('hits', { job: 'a' }, 0);
  // The next is the interval, which finds that the expression is no longer true.
  await next();
  expect(await alerts()).toEqual(['Hit firing']);
  expect(await next()).toBeCloseTo(30_000, -2);
  expect(await alerts()).toEqual(['Hit resolved']);
});

it('an event wakes the rules that it concerns, and no others, while the clock stands still', async () => {
  await start(
    `{record: "breakers:open", expr: 'sum(circuit_breaker_state{state="open"})'},
     {alert: Quiet, expr: up == 0},
     {alert: Open, expr: "breakers:open > 0"}`,
  );
  evaluated = [];
  await sample('circuit_breaker_state', { name: 'payments', state: 'open' }, 1);
  evaluator.wake('integrity');
  evaluator.wake('circuit');
  await passed(2);
  expect(evaluated).toEqual(['breakers:open', 'Open']);
  expect(await alerts()).toEqual(['Open firing']);
});

it('a rule that fails says why, and stops none of the others', async () => {
  await sample('hits', { job: 'a', zone: 'x' }, 1);
  await sample('hits', { job: 'a', zone: 'y' }, 1);
  await start(
    `{alert: Wrong, expr: rate(hits)},
     {alert: Twins, expr: hits > 0, labels: {zone: all}},
     {record: "hits:twins", expr: hits, labels: {zone: all}},
     {alert: Join, expr: 'hits / on (job) hits'},
     {alert: Text, expr: '"text"'},
     {alert: Right, expr: sum(hits) == 2}`,
  );
  expect(evaluated).toEqual([
    'Wrong failed',
    'Twins failed',
    'hits:twins failed',
    'Join failed',
    'Text failed',
    'Right',
  ]);
  const health = await control.db.ruleEvaluation.findMany({ orderBy: { ruleKey: 'asc' } });
  expect(
    Object.fromEntries(health.map(({ ruleKey, lastError }) => [ruleKey.slice('a.yaml/g/'.length), lastError])),
  ).toEqual({
    Join: expect.stringMatching(/many-to-many|multiple matches|duplicate series/),
    Right: null,
    Text: 'rule result is not a vector or scalar',
    Twins: expect.stringMatching(/same labelset after applying alert labels/),
    Wrong: expect.stringMatching(/^1:6: parse error: expected type range vector/),
    'record:hits:twins': 'vector contains metrics with the same labelset after applying rule labels',
  });
  expect(await alerts()).toEqual(['Right firing']);
});

it('a rule that is changed or gone ends what it made, and another goes on with its series', async () => {
  await sample('hits', { job: 'a' }, 1);
  await start(`{record: one, expr: hits}, {record: two, expr: hits}, {alert: Hit, expr: hits > 0}`);
  expect(await ask('count({__name__=~"one|two"})')).toEqual([' 2']);
  groups = parse(`{record: one, expr: hits + 1}`);
  clock.advance(1_000);
  evaluator.sync();
  // The new group's pass, and the end of what the old one made.
  await passed(3);
  expect(await ask('one')).toEqual(['a 2']);
  expect(await ask('two')).toEqual([]);
  await vi.waitFor(async () => expect(await alerts()).toEqual(['Hit resolved']), 20_000);
});

it('what could not be written is the health of what records it, and is written the next time', async () => {
  await sample('hits', { job: 'a' }, 1);
  failWrites = true;
  await start(`{record: one, expr: hits}, {alert: Hit, expr: hits > 0}`);
  await vi.waitFor(async () => expect(await errors()).toEqual([null, 'the disk is full']), 20_000);
  expect(await alerts()).toEqual(['Hit firing']);
  failWrites = false;
  await next();
  expect(await errors()).toEqual([null, null]);
  expect(await ask('one')).toEqual(['a 1']);
});

/** What the control database is asked from now on. */
function listen(): string[] {
  const asked: string[] = [];
  const { $on } = control.db as unknown as { $on: (event: 'query', hear: (event: { query: string }) => void) => void };
  $on.call(control.db, 'query', ({ query }) => asked.push(query.trim()));
  return asked;
}

it('a pass over rules that are all calm is one statement of the control database', async () => {
  await sample('hits', { job: 'a' }, 1);
  await start(`{record: one, expr: hits}, {alert: Quiet, expr: hits > 1}, {alert: Gone, expr: absent(hits)}`);
  const asked = listen();
  await next();
  expect(asked).toEqual([expect.stringMatching(/^WITH held AS .* INSERT INTO control\.rule_evaluation/s)]);
  expect(evaluated).toHaveLength(6);

  await sample('hits', { job: 'a' }, 2);
  await next();
  expect(await alerts()).toEqual(['Quiet firing']);
  await sample('hits', { job: 'a' }, 1);
  await next();
  expect(await alerts()).toEqual(['Quiet resolved']);
});

it('who has lost the role stores nothing and writes no samples', async () => {
  await sample('hits', { job: 'a' }, 1);
  await start(`{record: one, expr: hits}, {alert: Quiet, expr: hits > 1}`);
  const before = await control.db.ruleEvaluation.findMany({ orderBy: { ruleKey: 'asc' } });
  await control.sql('UPDATE control.lease SET epoch = 2');
  await sample('hits', { job: 'b' }, 1);
  clock.advance(MINUTE_MS);
  await vi.waitFor(() => expect(evaluated).toHaveLength(4), 20_000);
  // Ends when the pass has ended.
  await evaluator.stop();
  expect(passes).toBe(1);
  expect(await ask('one')).toEqual(['a 1']);
  expect(await control.db.ruleEvaluation.findMany({ orderBy: { ruleKey: 'asc' } })).toEqual(before);
});

it('what a rule says in characters that Postgres does not take keeps no other from being told', async () => {
  const report = {
    health: 'ok',
    lastError: null,
    evaluatedAt: new Date(START),
    durationMs: 1,
  } satisfies Partial<RuleReport>;
  const lease = { name: 'test', epoch: 1n };
  await saveHealth(control.db, lease, [
    { ...report, ruleKey: 'one', currentValue: 1 },
    { ...report, ruleKey: 'two', currentValue: 2 },
  ]);
  await saveHealth(control.db, lease, [
    { ...report, ruleKey: 'one', health: 'error', lastError: 'not \0 \ud800 text', currentValue: null },
    { ...report, ruleKey: 'two', currentValue: null },
  ]);
  const [one, two] = await control.db.ruleEvaluation.findMany({ orderBy: { ruleKey: 'asc' } });
  expect(one).toMatchObject({ health: 'error', lastError: 'not  \ufffd text', currentValue: 1 });
  expect(two).toMatchObject({ health: 'ok', currentValue: null, evaluatedAt: new Date(START) });
});

it('a group has its own interval and offset', async () => {
  await sample('hits', { job: 'a' }, 1);
  clock.advance(10_000);
  await sample('hits', { job: 'a' }, 2);
  groups = parseRuleFile(
    'groups: [{name: g, interval: 15s, query_offset: 5s, labels: {team: core}, rules: [{record: late, expr: hits}]}]',
    'a.yaml',
  );
  await run();
  expect(await ask('late')).toEqual(['a core 1']);
  expect(await ask('timestamp(late)')).toEqual([`a core ${START / 1_000 + 5}`]);
  expect(await next()).toBe(15_000);
  expect(await ask('late')).toEqual(['a core 2']);
});
