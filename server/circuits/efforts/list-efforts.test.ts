// Over a real store: what calls between services took beyond one try each.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, type TestSpan } from '#server/store/queries/testing.ts';
import { listEfforts } from './list-efforts.ts';

const TO = 1_790_000_000_000;
const HOUR = 3_600_000;
const AT = TO - HOUR;

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'efforts', log: createLog('test', 'silent') });
  await applySchema(store);
  await insertSpans(store, spans());
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

let made = 0;
/** A call from the gateway to orders, and what orders did for it. */
function call(client: Partial<TestSpan>, servedMs?: number): TestSpan[] {
  made += 1;
  const trace = made.toString(16).padStart(32, '0');
  const id = made.toString(16).padStart(16, '0');
  const base: TestSpan = {
    service: 'gateway',
    kind: 'client',
    peer: 'orders',
    atMs: AT,
    ms: 100,
    http: 200,
    breaker: ['orders', 'success'],
    ...client,
    trace,
    id,
  };
  if (servedMs === undefined) return [base];
  return [base, { service: 'orders', kind: 'server', atMs: AT + 1, ms: servedMs, trace, parent: id }];
}

/** A query that the callee began for the call, which ended half a second after the caller's patience. */
function wentOn([client, server]: TestSpan[]): TestSpan[] {
  const served = { ...server!, id: 'ab'.repeat(8) };
  const query: TestSpan = {
    service: 'orders',
    kind: 'client',
    db: ['postgresql', 'orders'],
    atMs: AT + 1_201,
    ms: 300,
  };
  return [client!, served, { ...query, trace: client!.trace, parent: served.id }];
}

function spans(): TestSpan[] {
  const again = { attributes: { 'http.request.resend_count': '1' } };
  const gone: Partial<TestSpan> = { http: 0, ms: 1_000 };
  return [
    ...Array.from({ length: 16 }, () => call({}, 90)).flat(),
    // Answered with an error: the callee was done, nobody gave up.
    ...call({ http: 503, error: true, breaker: ['orders', 'failure'] }, 90),
    ...call({ ...again }, 90),
    ...call({ ...again, http: 503, error: true, breaker: ['orders', 'failure'] }, 90),
    ...call({ http: 0, error: true, errorType: 'circuit_open', breaker: ['orders', 'rejected'] }),
    // Timed out after a second: one was worked on for two seconds more, one had been answered by then.
    ...call({ ...gone, error: true, errorType: 'timeout', breaker: ['orders', 'timeout'] }, 3_000),
    ...call({ ...gone, error: true, errorType: 'timeout', breaker: ['orders', 'timeout'] }, 1_020),
    // The client left after a second, and so did the server's span, but not what it had begun.
    ...wentOn(call({ ...gone, breaker: ['orders', ''] }, 990)),
    // Nobody took the connection; and a good answer after which the callee went on by itself.
    ...call({ http: 0, error: true, errorType: 'connect', breaker: ['orders', ''] }),
    ...call({ ms: 10 }, 2_000),
    // No calls between services, or of another time.
    ...call({ peer: '' }),
    ...call({ db: ['postgresql', 'orders'] }),
    ...call({ atMs: TO - 7 * HOUR, attributes: { 'http.request.resend_count': '1' } }),
    { service: 'orders', kind: 'client', peer: 'payments', atMs: AT, http: 200 },
  ];
}

it('counts retries against requests, and work that went on when nobody waited', async () => {
  const range = { fromMs: TO - 24 * HOUR, toMs: TO };
  const { edges, range: read } = await listEfforts({ store }, { range });
  expect(read).toEqual({ fromMs: TO - 6 * HOUR, toMs: TO });
  expect(edges).toEqual([
    {
      caller: 'gateway',
      callee: 'orders',
      requests: 22,
      attempts: 24,
      retries: 2,
      healing: 1,
      refused: 1,
      attemptsPerRequest: 24 / 22,
      retryRatio: 2 / 22,
      givenUp: 3,
      wasted: 2,
      wastedMs: 2_001 + 501,
    },
    expect.objectContaining({
      caller: 'orders',
      callee: 'payments',
      requests: 1,
      retryRatio: 0,
      wasted: 0,
      wastedMs: 0,
    }),
  ]);
});

it('knows nothing of a time without calls', async () => {
  expect((await listEfforts({ store }, { range: { fromMs: TO, toMs: TO + HOUR } })).edges).toEqual([]);
});
