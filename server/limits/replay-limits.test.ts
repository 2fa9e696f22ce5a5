// Over a real store: what other limits would have refused of requests that gateways counted.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import type { Gateways } from '#server/gateway/run-gateways.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, type TestSpan } from '#server/store/queries/testing.ts';
import { replayLimits } from './replay-limits.ts';

const FROM = 1_790_000_000_000;
const range = { fromMs: FROM, toMs: FROM + 600_000 };
const LIMITS = {
  tiers: [
    { name: 'short', quota: 20, windowMs: 1_000 },
    { name: 'long', quota: 60, windowMs: 60_000 },
  ],
  login: { name: 'login', quota: 2, windowMs: 900_000 },
};

let engine: TestEngine;
let store: Store;

/** Only what is asked of it here. */
const context = (isShared = false, limits: object | null = { ...LIMITS, isShared }) => ({
  store,
  gateways: { status: () => [{ held: null }, { held: { limits } }] } as unknown as Gateways,
});

const request = (atMs: number, attributes: Record<string, string>, more: Partial<TestSpan> = {}): TestSpan => ({
  service: 'gateway',
  kind: 'server',
  atMs: FROM + atMs,
  attributes: { 'rate_limit.client': '10.0.0.1', ...attributes },
  ...more,
});

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'limits', log: createLog('test', 'silent') });
  await applySchema(store);
  await insertSpans(store, [
    // Of one client 90 in 45 s, of which the long limit refused 30.
    ...Array.from({ length: 90 }, (_, index): TestSpan =>
      request(index * 500, index >= 60 ? { 'rate_limit.refused_by': '["long"]' } : {}),
    ),
    // Of another, at another gateway, 60 in the same time.
    ...Array.from({ length: 60 }, (_, index): TestSpan =>
      request(index * 700, { 'rate_limit.client': '10.0.0.2' }, { instance: 'gateway-2' }),
    ),
    // Four tries to log in, two of them to another account, minutes later.
    ...['a', 'a', 'a', 'b'].map((login, index): TestSpan =>
      request(300_000 + index * 2_000, {
        'rate_limit.login': login,
        ...(index === 2 && { 'rate_limit.refused_by': '["login"]' }),
      }),
    ),
    // What no limit counted: another service, a probe, a call of the gateway.
    request(1_000, {}, { service: 'orders' }),
    { service: 'gateway', kind: 'server', atMs: FROM + 1_000 },
    request(1_000, {}, { kind: 'client' }),
  ]);
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

it('says who was refused by what, and what other limits would have refused', async () => {
  const replay = await replayLimits(context(), { range, tiers: { long: { quota: 85 } } });
  expect(replay).toMatchObject({ requests: 154, isCut: false, sampled: 0, instances: 2 });
  expect(replay.total).toEqual({ really: 31, inForce: 31, candidate: 6 });
  expect(replay.tiers).toMatchObject([
    { name: 'short', requests: 154, really: 0, inForce: 0, candidate: 0, candidateQuota: 20 },
    { name: 'long', really: 30, inForce: 30, candidate: 5, quota: 60, candidateQuota: 85, candidateWindowMs: 60_000 },
    { name: 'login', requests: 4, really: 1, inForce: 1, candidate: 1 },
  ]);
  expect(replay.clients).toEqual([{ name: '10.0.0.1', requests: 94, really: 31, inForce: 31, candidate: 6 }]);
});

it('counts clients of all gateways together where the gateways do', async () => {
  const one = { range, tiers: { long: { quota: 100 } } };
  await insertSpans(
    store,
    Array.from({ length: 30 }, (_, index) => request(index * 100, {}, { instance: 'gateway-3' })),
  );
  expect((await replayLimits(context(), one)).tiers[1]).toMatchObject({ candidate: 0 });
  expect((await replayLimits(context(true), one)).tiers[1]).toMatchObject({ candidate: 20 });
});

it('reads the newest where there are too many', async () => {
  const replay = await replayLimits(context(), { range, tiers: {} }, 4);
  expect(replay).toMatchObject({ requests: 4, isCut: true, range: { fromMs: FROM + 300_000 } });
});

it('names what is missing', async () => {
  await expect(replayLimits(context(), { range, tiers: { huge: {} } })).rejects.toThrow('has no tier huge');
  await expect(replayLimits(context(false, null), { range, tiers: {} })).rejects.toThrow('No gateway has told');
});
