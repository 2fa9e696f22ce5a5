import { expect, it } from 'vitest';
import type { GatewayConfiguration, LimitInForce, RouteInForce } from '#server/gateway/schema.ts';
import { gatewayLead } from './describe-gateway.ts';
import { describeLimitChanges, limitsToAskFor } from './limit-changes.ts';
import { draftOfRoute, readRouteDraft } from './route-draft.ts';

const LIMITS: LimitInForce[] = [
  { name: 'short', quota: 40, windowMs: 1_000, environment: { quota: 20, windowMs: 1_000 } },
  { name: 'login', quota: 5, windowMs: 900_000, environment: { quota: 5, windowMs: 900_000 } },
];
const ORDERS: RouteInForce = {
  segment: 'orders',
  upstream: 'orders',
  cacheTtlMs: 0,
  switchedOff: null,
  environment: { upstream: 'orders', cacheTtlMs: 0 },
};
const off = { by: 'Anna', reason: 'stocktaking', sinceMs: 1 };
const held = (instance: string, state: 'applied' | 'behind' = 'applied') => ({
  instance,
  state,
  reason: '',
  version: 7,
  isAsOthers: true,
});

function configuration(change: Partial<GatewayConfiguration> = {}, routes = [ORDERS]): GatewayConfiguration {
  const inForce = { instance: 'gateway-1', isShared: false, limits: LIMITS, routes, breakers: [], environment: {} };
  return { whyNot: '', version: 7, gateways: [held('gateway-1')], upstreams: ['orders'], inForce, ...change };
}

it.each([
  ['Version 7 is in force at the gateway.', configuration()],
  ['Nothing was changed: the gateway runs as started.', configuration({ version: 0 })],
  [
    'Nothing was changed: all 2 gateways run as started.',
    configuration({ version: 0, gateways: [held('gateway-1'), held('gateway-2')] }),
  ],
  [
    'Version 7 is wanted and not in force at gateway-2. /api/orders is switched off.',
    configuration({ gateways: [held('gateway-1'), held('gateway-2', 'behind')] }, [{ ...ORDERS, switchedOff: off }]),
  ],
  ['No gateway takes orders here.', configuration({ whyNot: 'No gateway takes orders here.', inForce: null })],
])('says first: %s', (lead, told) => expect(gatewayLead(told)).toBe(lead));

it('says what other limits change of those in force, and asks for the environment’s where that is what is chosen', () => {
  const chosen = { short: { quota: 20 }, login: { windowMs: 60_500 } };
  expect(describeLimitChanges(LIMITS, chosen)).toEqual([
    'short, requests of a client: 40 in 1 s → 20 in 1 s',
    'login, tries to log in, of a client and account: 5 in 15 min → 5 in 1 min',
  ]);
  expect(limitsToAskFor(LIMITS, chosen)).toEqual({ short: null, login: { quota: 5, windowMs: 60_500 } });
  expect(describeLimitChanges(LIMITS, { short: { quota: 40 } })).toEqual([]);
});

it('asks for what a draft changes of a route, and for nothing else of it', () => {
  const draft = draftOfRoute(ORDERS);
  expect(readRouteDraft(ORDERS, draft)).toEqual({ wish: {}, words: [] });
  expect(readRouteDraft(ORDERS, { ...draft, keptS: 'x' }).wish).toEqual({});
  const changed = readRouteDraft(ORDERS, { upstream: 'payments', isOn: false, keptS: '2.5' });
  expect(changed.wish).toEqual({ upstream: 'payments', isOn: false, cacheTtlMs: 2_500 });
  expect(changed.words).toEqual([
    'Every request is answered 503, with your name and the reason.',
    'payments is asked for /orders instead of orders; it answers 404 where it does not know the path.',
    'Answers are kept: not at all → 2.5 s.',
  ]);
});

it('goes back to what was started with by its name', () => {
  const route = { ...ORDERS, upstream: 'payments', cacheTtlMs: 5_000, switchedOff: off };
  const back = readRouteDraft(route, { upstream: 'orders', isOn: true, keptS: '0' });
  expect(back.wish).toEqual({ upstream: null, isOn: true, cacheTtlMs: null });
});
