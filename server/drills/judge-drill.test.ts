import { expect, it } from 'vitest';
import type { Tick } from '#server/load-tests/schema.ts';
import { calmSince, judgeDrill, whyUnfit, type DrillFacts, type FiredAlert } from './judge-drill.ts';
import { SCENARIOS } from './scenarios.ts';

const CIRCUIT_OPEN = { rule: 'CircuitOpen', labels: { service: 'gateway', name: 'payments' }, firedMs: 14_500 };

function facts(more: Partial<DrillFacts>): DrillFacts {
  return {
    scenario: SCENARIOS['payments-errors'],
    fleet: ['gateway', 'payments', 'orders', 'shipping'],
    faultMs: 10_000,
    faultRemovedMs: 40_000,
    recoveredMs: 62_000,
    transitions: [
      { name: 'payments', state: 'closed', tMs: 61_000 },
      { name: 'payments', state: 'half_open', tMs: 60_000 },
      { name: 'payments', state: 'open', tMs: 14_000 },
    ],
    alerts: [CIRCUIT_OPEN],
    violations: [{ check: 'stock-oversold', rows: 0 }],
    ...more,
  };
}
const passed = (more: Partial<DrillFacts>) => judgeDrill(facts(more)).map((answer) => answer.passed);

it('asks five questions and answers them with figures', () => {
  expect(judgeDrill(facts({})).map(({ passed: isPassed, answer }) => [isPassed, answer])).toEqual([
    [true, 'after 4.0 s'],
    [true, 'after 4.5 s'],
    [true, 'none'],
    [true, 'it held'],
    [true, 'after 22.0 s'],
  ]);
});

it.each([
  ['the breaker did not open', { transitions: [] }, 0],
  ['it opened too late', { transitions: [{ name: 'payments', state: 'open', tMs: 31_000 }] }, 0],
  ['another one opened', { transitions: [{ name: 'orders', state: 'open', tMs: 14_000 }] }, 0],
  ['it was open before', { transitions: [{ name: 'payments', state: 'open', tMs: 9_000 }] }, 0],
  ['no alert fired', { alerts: [] }, 1],
  [
    'an alert points elsewhere',
    { alerts: [CIRCUIT_OPEN, { rule: 'ServiceSlow', labels: { service: 'shipping' }, firedMs: 1 }] },
    2,
  ],
  [
    'integrity alerts',
    { alerts: [CIRCUIT_OPEN, { rule: 'IntegrityViolationsNew', labels: { check: 'x' }, firedMs: 1 }] },
    2,
  ],
  ['rows violate', { violations: [{ check: 'stock-oversold', rows: 2 }] }, 3],
  ['a check could not run', { violations: [{ check: 'stock-oversold', rows: null }] }, 3],
  ['there is no check', { violations: [] }, 3],
  ['it did not recover', { recoveredMs: null }, 4],
  ['it recovered late', { recoveredMs: 140_000 }, 4],
] as const)('fails one question when %s', (_, more, failing) => {
  expect(passed(more as Partial<DrillFacts>)).toEqual([0, 1, 2, 3, 4].map((index) => index !== failing));
});

it('takes alerts of the same cause, and of the machine, for no false alarm', () => {
  const alerts: FiredAlert[] = [
    CIRCUIT_OPEN,
    { rule: 'BadGateway', labels: { service: 'gateway' }, firedMs: 20_000 },
    { rule: 'MemoryHigh', labels: { instance: 'host-1' }, firedMs: 20_000 },
  ];
  expect(judgeDrill(facts({ alerts }))[2]).toMatchObject({
    passed: true,
    detail: expect.stringContaining('MemoryHigh'),
  });
});

const tick = (atS: number, more: Partial<Tick> = {}): Tick => ({
  atS,
  served: 5,
  limited: 0,
  breaker: 0,
  failed: 0,
  unanswered: 0,
  p50Ms: 1,
  p95Ms: 1,
  p99Ms: 1,
  maxMs: 1,
  ...more,
});

it('is calm since the last bad second, once five good ones have followed', () => {
  const bad = [tick(1, { failed: 1 }), tick(2, { breaker: 3 })];
  const good = [3, 4, 5, 6, 7].map((atS) => tick(atS));
  expect(calmSince([...bad, ...good], 0)).toBe(2);
  expect(calmSince([...bad, ...good.slice(0, 4)], 0)).toBeNull();
  expect(calmSince([...good, tick(8, { unanswered: 1 })], 0)).toBeNull();
  // Calm from before the fault was taken out counts from there.
  expect(
    calmSince(
      [1, 2, 3, 4, 5, 6, 7, 8].map((atS) => tick(atS)),
      2.5,
    ),
  ).toBe(2.5);
  // Nobody served is not calm.
  expect(
    calmSince(
      [1, 2, 3, 4, 5, 6].map((atS) => tick(atS, { served: 0 })),
      0,
    ),
  ).toBeNull();
});

it('refuses to drill a shop that is not well', () => {
  const counts = { served: 95, limited: 0, breaker: 0, failed: 5, unanswered: 0 };
  expect(whyUnfit(counts)).toBeNull();
  expect(whyUnfit({ ...counts, failed: 6 })).toMatch(/heal the shop first/);
  expect(whyUnfit({ ...counts, served: 0, failed: 0 })).toMatch(/No shopper/);
});
