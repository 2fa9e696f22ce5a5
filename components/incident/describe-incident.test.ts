import { describe, expect, it } from 'vitest';
import type { Incident } from '#server/incidents/schema.ts';
import { describeIncident, incidentDays, nameIncident } from './describe-incident.ts';

const DAY = 86_400_000;
const MIDNIGHT = Date.UTC(2026, 10, 21);
const alert = { id: 'a', rule: 'CircuitOpen', summary: 'It opened', href: '/circuits' };
const missed = { service: 'orders', kind: 'availability', thresholdMs: 0, target: 0.995 } as const;
const incident = (rest: Partial<Incident>): Incident => ({
  id: 'i',
  startMs: MIDNIGHT,
  endMs: MIDNIGHT + DAY,
  acknowledgedMs: null,
  services: ['orders'],
  alerts: [],
  objectives: [],
  ...rest,
});

describe('an incident in words', () => {
  it.each([
    [[], 'No single service'],
    [['orders'], 'orders'],
    [['auth', 'orders', 'payments'], 'auth, orders and payments'],
  ])('of %j is that of %s', (services, expected) => expect(nameIncident({ services })).toBe(expected));

  it.each([
    [[alert], [], 'A critical alert fired.'],
    [
      [alert, alert],
      [missed],
      '2 critical alerts fired. orders answered fewer than 99.5 % of its requests without an error.',
    ],
    [
      [],
      [{ ...missed, kind: 'latency', thresholdMs: 300, target: 0.9 } as const],
      'orders answered fewer than 90 % of its requests within 300 ms.',
    ],
  ])('says what it was', (alerts, objectives, expected) =>
    expect(describeIncident({ alerts, objectives })).toBe(expected),
  );
});

describe('the days of a service', () => {
  const now = MIDNIGHT + 2.5 * DAY;
  const days = (...incidents: Incident[]) =>
    [...incidentDays(incidents, 'orders', now)].map(([dayMs, { id }]) => [(dayMs - MIDNIGHT) / DAY, id]);

  it('are those that an incident touched, to its last moment', () => {
    expect(days(incident({}))).toEqual([[0, 'i']]);
    expect(days(incident({ endMs: MIDNIGHT + DAY + 1 }))).toEqual([
      [0, 'i'],
      [1, 'i'],
    ]);
    expect(days(incident({ startMs: MIDNIGHT + DAY, endMs: null }))).toEqual([
      [1, 'i'],
      [2, 'i'],
    ]);
  });
  it('lead to the first of a day, and to none of another service', () => {
    expect(days(incident({ id: 'late', startMs: MIDNIGHT + 9 }), incident({}))).toEqual([[0, 'i']]);
    expect(days(incident({ services: ['payments'] }))).toEqual([]);
  });
});
