import { describe, expect, it } from 'vitest';
import type { SloHealth } from '#server/slos/schema.ts';
import { dayState, describePromise, formatTarget } from './slo-state.ts';
import { summariseHealth } from './summarise-health.ts';

const slo = (change: Partial<SloHealth>): SloHealth => ({
  id: '1',
  service: 'payments',
  kind: 'availability',
  thresholdMs: 0,
  target: 0.995,
  windowDays: 30,
  status: 'met',
  requests: 1000,
  bad: 0,
  achieved: 1,
  budgetLeft: 1,
  burnRate1h: 0,
  burnRate6h: 0,
  measuredSinceMs: null,
  days: [],
  ...change,
});

describe('summariseHealth', () => {
  it.each([
    ['nothing is promised', [], ['No objective is set, so nothing is promised.']],
    ['all hold', [slo({}), slo({ service: 'orders' })], ['All 2 measured objectives are met.']],
    [
      'silence is not success',
      [slo({ status: 'no_data', achieved: null })],
      ['Nothing was measured yet, so no objective can be judged.'],
    ],
    [
      'one is missed, one is silent',
      [slo({ status: 'missed', achieved: 0.97, budgetLeft: -5 }), slo({}), slo({ status: 'no_data' })],
      [
        '1 of 2 measured objectives are met.',
        'payments answered 97 % of requests without an error over 30 days, and 99.5 % was promised.',
        'Nothing was measured for one more.',
      ],
    ],
    [
      'paces and leftovers',
      [slo({ status: 'burning' }), slo({ service: 'auth', status: 'low' })],
      [
        'All 2 measured objectives are met.',
        'payments still holds, but failures come much faster than the budget allows.',
        'auth has little error budget left.',
      ],
    ],
  ])('%s', (_, objectives, sentences) => expect(summariseHealth(objectives)).toEqual(sentences));
});

describe('dayState', () => {
  it.each([
    ['without requests', { requests: 0, good: null }, 'none'],
    ['exactly at the target', { requests: 1000, good: 995 }, 'good'],
    ['under it', { requests: 1000, good: 990 }, 'under'],
    ['far under it', { requests: 1000, good: 900 }, 'bad'],
  ] as const)('%s', (_, day, state) => expect(dayState({ dayMs: 0, ...day }, 0.995)).toBe(state));
});

it('shows a promise with the digits it was made with', () => {
  expect(formatTarget(0.9995)).toBe('99.95 %');
  expect(formatTarget(0.99)).toBe('99 %');
  expect(describePromise(slo({ kind: 'latency', thresholdMs: 300, target: 0.95 }))).toBe(
    '95 % of requests answered within 300 ms',
  );
});
