import { expect, it } from 'vitest';
import { summariseIncidents } from './summarise-incidents.ts';

const MINUTE = 60_000;
const incident = (endMin: number | null, acknowledgedMin: number | null = null) => ({
  startMs: 0,
  endMs: endMin === null ? null : endMin * MINUTE,
  acknowledgedMs: acknowledgedMin === null ? null : acknowledgedMin * MINUTE,
});

it.each([
  [[incident(10), incident(30)], 'Over after 20 min on average (MTTR). Nobody acknowledged an alert of theirs (MTTA).'],
  [
    [incident(10, 2), incident(null, 4), incident(20)],
    'Over after 15 min on average (MTTR). Somebody was on it after 3 min on average (MTTA, of the 2 of 3 that were acknowledged).',
  ],
  [[incident(null, 5)], 'None is over yet. Somebody was on it after 5 min on average (MTTA).'],
  // An alert that joined what had begun before may have been acknowledged for that.
  [[incident(1, -2)], 'Over after 1 min on average (MTTR). Somebody was on it after 0 s on average (MTTA).'],
])('%j', (incidents, expected) => expect(summariseIncidents(incidents)).toBe(expected));
