// Over a real store: what a breaker would have done with spans that gateways sent.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import type { Gateways } from '#server/gateway/run-gateways.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, insertTransitions, type TestSpan } from '#server/store/queries/testing.ts';
import { replayCircuit } from './replay-circuit.ts';

const FROM = 1_790_000_000_000;
const range = { fromMs: FROM, toMs: FROM + 600_000 };
const PAYMENTS = { reporter: 'gateway', name: 'payments', range };
const HELD = {
  service: 'payments',
  threshold: 5,
  resetTimeoutMs: 30_000,
  halfOpenSuccessCount: 1,
  windowMs: 0,
  failurePercent: 50,
  answerTimeoutMs: 5_000,
  retriesMax: 1,
};
// Only what is asked of them here.
const gateways = { status: () => [{ held: { circuits: [HELD] } }] } as unknown as Gateways;

let engine: TestEngine;
let store: Store;
let ctx: Parameters<typeof replayCircuit>[0];

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'replay', log: createLog('test', 'silent') });
  ctx = { store, gateways, now: () => new Date(range.toMs) };
  await applySchema(store);
  await insertSpans(store, [...recorded(), ...strangers()]);
  await insertTransitions(store, [{ atMs: FROM + 14_100, name: 'payments', state: 'open' }]);
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const call = (second: number, outcome: string, more: Partial<TestSpan> = {}): TestSpan => ({
  service: 'gateway',
  kind: 'client',
  atMs: FROM + second * 1_000,
  ms: 100,
  breaker: ['payments', outcome],
  address: outcome === 'rejected' ? '' : '127.0.0.1',
  attributes: outcome === 'rejected' ? {} : { 'server.port': '4005' },
  ...more,
});

/** Of one gateway, a call a second: ten good, five that fail, thirty refused, five good ones. Of another: two slow ones. */
function recorded(): TestSpan[] {
  return [
    ...Array.from({ length: 10 }, (_, second) => call(second, 'success')),
    ...Array.from({ length: 5 }, (_, index) => call(10 + index, index === 2 ? 'timeout' : 'failure')),
    ...Array.from({ length: 30 }, (_, index) => call(15 + index, 'rejected')),
    ...Array.from({ length: 5 }, (_, index) => call(45 + index, 'success')),
    call(20, 'success', { instance: 'gateway-2', ms: 3_000 }),
    call(30, 'success', { instance: 'gateway-2', ms: 3_000, attributes: { 'http.request.resend_count': '1' } }),
  ];
}

/** What looks like it and is not: the server's own span, another breaker, another time, another caller. */
function strangers(): TestSpan[] {
  const span: TestSpan = { service: 'gateway', atMs: FROM + 5_000, kind: 'client', breaker: ['payments', 'failure'] };
  return [
    { ...span, kind: 'server' },
    { ...span, breaker: ['orders', 'failure'] },
    { ...span, atMs: FROM - 1 },
    { ...span, service: 'orders' },
  ];
}

it('replays the settings in force beside others, and what really happened', async () => {
  const replay = await replayCircuit(ctx, { ...PAYMENTS, settings: { failureThreshold: 3, resetTimeoutMs: 2_000 } });
  expect(replay).toMatchObject({
    range,
    calls: 52,
    isCut: false,
    sampled: 0,
    instances: 2,
    timedOut: 1,
    real: { opened: 1, refused: 30, forced: 0 },
  });
  expect(replay.inForce).toMatchObject({
    opened: 1,
    refused: { good: 0, failing: 0, unknown: 30 },
    passed: { good: 17, failing: 5, unknown: 0 },
  });
  expect(replay.inForce.transitions.map(({ tMs, state, instance }) => [tMs - FROM, state, instance])).toEqual([
    [14_100, 'open', 'gateway-1'],
    [45_000, 'half_open', 'gateway-1'],
    [45_100, 'closed', 'gateway-1'],
  ]);
  // It would have refused the last two failures, and have tried again with calls that were really refused.
  expect(replay.candidate).toMatchObject({ opened: 1, refused: { failing: 2 }, passed: { failing: 3 } });
  expect(replay.candidate.refused.unknown).toBeLessThan(30);
});

it('a shorter timeout ends good calls, and fewer retries are not made', async () => {
  const { candidate } = await replayCircuit(ctx, { ...PAYMENTS, settings: { answerTimeoutMs: 1_000, retriesMax: 0 } });
  expect(candidate).toMatchObject({ cut: 1, retries: { leftOut: 1, healing: 1 } });
});

it('reads the newest calls where there are too many, and says which stretch they cover', async () => {
  const replay = await replayCircuit(ctx, { ...PAYMENTS, settings: {} }, 4);
  expect(replay).toMatchObject({ calls: 4, isCut: true, range: { fromMs: FROM + 46_000, toMs: range.toMs } });
  expect(replay.real.opened).toBe(0);
});

it('takes the settings of others from what they last told', async () => {
  await insertTransitions(store, [{ atMs: FROM, name: 'cards', reporter: 'orders', state: 'closed' }]);
  const asked = { reporter: 'orders', name: 'cards', range, settings: { failureThreshold: 1 } };
  const { inForce, candidate } = await replayCircuit(ctx, asked);
  expect(inForce.settings).toMatchObject({ failureThreshold: 5, resetTimeoutMs: 30_000, halfOpenSuccessCount: 2 });
  expect(candidate.settings).toMatchObject({ failureThreshold: 1, resetTimeoutMs: 30_000 });
  await expect(replayCircuit(ctx, { ...asked, name: 'nobody' })).rejects.toThrow('has not told of a breaker');
});
