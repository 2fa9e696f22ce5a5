import { describe, expect, it } from 'vitest';
import { gatherIncidents, type FiredAlert, type MissedHour } from './gather-incidents.ts';
import { isMissed } from './read-missed-hours.ts';

const MINUTE = 60_000;
const TEN = Date.UTC(2026, 10, 21, 10);
const NOW = TEN + 10 * 60 * MINUTE;

const alert = (id: string, service: string | null, from: number, to: number | null): FiredAlert => ({
  id,
  rule: 'CircuitOpen',
  summary: 'It opened',
  href: '/circuits',
  service,
  firedMs: TEN + from * MINUTE,
  resolvedMs: to === null ? null : TEN + to * MINUTE,
  acknowledgedMs: null,
});
const hour = (service: string, at: number): MissedHour => ({
  service,
  kind: 'availability',
  thresholdMs: 0,
  target: 0.995,
  hourMs: TEN + at * 60 * MINUTE,
});
const told = (alerts: FiredAlert[], hours: MissedHour[] = []) =>
  gatherIncidents(alerts, hours, NOW).map(({ startMs, endMs, services, alerts: of, objectives }) => [
    (startMs - TEN) / MINUTE,
    endMs === null ? null : (endMs - TEN) / MINUTE,
    services.join('+'),
    of.map(({ id }) => id).join('+'),
    objectives.length,
  ]);

describe('gatherIncidents', () => {
  it.each([
    ['nothing fired and nothing was missed', [], [], []],
    [
      'alerts at one time are one incident',
      [alert('a', 'payments', 0, 10), alert('b', 'orders', 5, 20)],
      [],
      [[0, 20, 'orders+payments', 'a+b', 0]],
    ],
    [
      'an alert within another does not shorten it',
      [alert('a', 'payments', 0, 30), alert('b', 'payments', 5, 10)],
      [],
      [[0, 30, 'payments', 'a+b', 0]],
    ],
    [
      'it comes back within five minutes',
      [alert('b', 'payments', 15, 20), alert('a', 'payments', 0, 10)],
      [],
      [[0, 20, 'payments', 'a+b', 0]],
    ],
    [
      'it comes back later: another, and the newest first',
      [alert('a', 'payments', 0, 10), alert('b', 'payments', 16, 20)],
      [],
      [
        [16, 20, 'payments', 'b', 0],
        [0, 10, 'payments', 'a', 0],
      ],
    ],
    ['it goes on', [alert('a', 'payments', 0, null), alert('b', null, 90, 95)], [], [[0, null, 'payments', 'a+b', 0]]],
    [
      'an hour around an alert adds what was missed, not time',
      [alert('a', 'payments', 10, 20)],
      [hour('payments', 0)],
      [[10, 20, 'payments', 'a', 1]],
    ],
    [
      'an hour of another service stands alone',
      [alert('a', 'payments', 10, 20)],
      [hour('orders', 0)],
      [
        [10, 20, 'payments', 'a', 0],
        [0, 60, 'orders', '', 1],
      ],
    ],
    [
      'hours in a row are one',
      [],
      [hour('orders', 1), hour('orders', 0), hour('orders', 3)],
      [
        [180, 240, 'orders', '', 1],
        [0, 120, 'orders', '', 1],
      ],
    ],
    ['the present hour goes on', [], [hour('orders', 9.5)], [[570, null, 'orders', '', 1]]],
  ] as const)('%s', (_, alerts, hours, expected) => expect(told([...alerts], [...hours])).toEqual(expected));

  it('names each objective once', () => {
    const latency = { ...hour('orders', 1), kind: 'latency', thresholdMs: 300 } as const;
    expect(told([], [hour('orders', 0), hour('orders', 1), latency])).toEqual([[0, 120, 'orders', '', 2]]);
  });
});

describe('an hour is missed', () => {
  it.each([
    ['with more failures than allowed', 1_000, 6, true],
    ['not with exactly as many as allowed', 1_000, 5, false],
    ['not by a handful of requests at night', 19, 19, false],
    ['not by four failures', 100, 4, false],
    ['not without requests', 0, 0, false],
  ])('%s', (_, requests, bad, expected) => expect(isMissed({ requests, bad }, 0.995)).toBe(expected));
});

/** Minutes of the acknowledgements of alerts that fired together, to that of their incident. */
const taken = (...minutes: (number | null)[]) =>
  gatherIncidents(
    minutes.map((at, index) => ({
      ...alert(String(index), 'payments', 0, 10),
      acknowledgedMs: at === null ? null : TEN + at * MINUTE,
    })),
    [],
    NOW,
  ).map(({ acknowledgedMs }) => acknowledgedMs && (acknowledgedMs - TEN) / MINUTE);

it('is acknowledged when the first of its alerts is', () => {
  expect(taken(null, null)).toEqual([null]);
  expect(taken(null, 4, 2)).toEqual([2]);
});
