// Over a real store: what the events of a shadow say, and that they say nothing of the breaker.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ctx } from '#server/context.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertLogs, insertTransitions } from '#server/store/queries/testing.ts';
import { getShadow } from './get-shadow.ts';

const SINCE = 1_790_000_000_000;
const NOW = SINCE + 60_000;
const PAYMENTS = { reporter: 'gateway', name: 'payments' };
const COUNTS = {
  opened: 1,
  refused: { good: 1, failing: 2, unknown: 0 },
  passed: { good: 9, failing: 2, unknown: 0 },
};

const event = (atMs: number, name: string, state: string, previous: string) => ({
  atMs,
  service: 'gateway',
  instance: 'gateway-1',
  event: 'switchyard.circuit.shadow_transition',
  attributes: {
    'circuit_breaker.name': name,
    'circuit_breaker.state': state,
    'circuit_breaker.previous_state': previous,
    'circuit_breaker.reason': `to ${state}`,
  },
});
const held = (instance: string, sinceMs: number) => ({
  held: { instance, circuits: [{ service: 'payments', shadow: { sinceMs, state: 'open', ...COUNTS } }] },
});

let engine: TestEngine;
let store: Store;

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'shadow', log: createLog('test', 'silent') });
  await applySchema(store);
  await insertLogs(store, [
    event(SINCE - 1, 'payments', 'closed', 'open'),
    event(SINCE, 'payments', 'closed', 'closed'),
    event(SINCE + 5_000, 'payments', 'open', 'closed'),
    event(SINCE + 6_000, 'orders', 'open', 'closed'),
    { ...event(SINCE + 7_000, 'payments', 'closed', 'open'), event: 'something.else' },
  ]);
  await insertTransitions(store, [
    { atMs: SINCE + 8_000, name: 'payments', state: 'half_open' },
    { atMs: SINCE + 8_000, name: 'orders', state: 'open' },
  ]);
}, 60_000);
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

/** Only what is asked of them here: the newest document, and two gateways of which one still runs the shadow before. */
function context(shadow: object | undefined): Parameters<typeof getShadow>[0] {
  const breakers = { payments: { forced: null, note: '', shadow } };
  const row = { version: 3, issuedAt: new Date(SINCE), document: breakers, limits: {}, routes: {} };
  return {
    db: { gatewayConfiguration: { findFirst: async () => row } } as unknown as Ctx['db'],
    gateways: { status: () => [held('gateway-1', SINCE), held('gateway-2', SINCE - 9)] } as unknown as Ctx['gateways'],
    store,
    now: () => new Date(NOW),
  };
}

it('tells what the shadow would have done so far, by whom it is wanted and since when', async () => {
  const wanted = { failureThreshold: 2, windowMs: 0, reason: 'is 2 enough?', by: 'Anna', sinceMs: SINCE };
  expect(await getShadow(context(wanted), PAYMENTS)).toEqual({
    settings: { failureThreshold: 2, windowMs: 0 },
    by: 'Anna',
    reason: 'is 2 enough?',
    sinceMs: SINCE,
    range: { fromMs: SINCE, toMs: NOW },
    instances: [{ instance: 'gateway-1', state: 'open', ...COUNTS }],
    transitions: [
      { tMs: SINCE + 5_000, instance: 'gateway-1', state: 'open', previousState: 'closed', reason: 'to open' },
      { tMs: SINCE, instance: 'gateway-1', state: 'closed', previousState: 'closed', reason: 'to closed' },
    ],
    really: [expect.objectContaining({ tMs: SINCE + 8_000, name: 'payments', state: 'half_open' })],
  });
});

it('is nothing where none is wanted, and of breakers that take no orders', async () => {
  expect(await getShadow(context(undefined), PAYMENTS)).toBeNull();
  expect(await getShadow(context({ by: 'A', reason: 'x', sinceMs: 1 }), { ...PAYMENTS, reporter: 'shop' })).toBeNull();
});
