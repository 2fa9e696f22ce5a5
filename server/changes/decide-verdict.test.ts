import { expect, it } from 'vitest';
import { decideVerdict, type Stretch } from './decide-verdict.ts';
import { planWindows } from './judge-change.ts';

const MINUTE = 60_000;
const stretch = (requests: number, failed = 0, latencyMsP95: number | null = 100, seconds = 1_800): Stretch => ({
  seconds,
  requests,
  failed,
  latencyMsP95,
});
const tell = (before: Stretch, after: Stretch, newErrors = 0) => {
  const { severity, text } = decideVerdict({ before, after, newErrors });
  return `${severity}: ${text}`;
};

it.each([
  ['nothing changed', stretch(1_000, 1), stretch(1_010, 2), 0, 'ok: rate, errors and p95 as before'],
  [
    'it fails',
    stretch(1_000, 1),
    stretch(1_000, 32, 140),
    2,
    'warning: errors 0.1 % → 3.2 %, p95 +40 %, 2 new kinds of error',
  ],
  ['callers notice', stretch(1_000), stretch(1_000, 400), 1, 'critical: errors 0 % → 40 %, 1 new kind of error'],
  ['it mends', stretch(1_000, 100, 200), stretch(1_000, 2, 90), 0, 'ok: errors 10 % → 0.2 %, p95 −55 %'],
  ['chance is not told', stretch(100, 1), stretch(100, 3), 0, 'ok: rate, errors and p95 as before'],
  ['milliseconds are not told', stretch(1_000, 0, 2), stretch(1_000, 0, 4), 0, 'ok: rate, errors and p95 as before'],
  ['callers leave', stretch(1_000), stretch(200), 0, 'warning: rate −80 %'],
  ['more come', stretch(1_000), stretch(2_000), 0, 'info: rate +100 %'],
  ['many more come', stretch(1_000), stretch(5_000), 0, 'info: rate ×5'],
  ['a short after', stretch(1_000), stretch(100, 0, 100, 180), 0, 'ok: rate, errors and p95 as before'],
  ['too few', stretch(1_000), stretch(3, 3), 0, 'info: too few calls to compare, 1000 before and 3 after'],
  [
    'too few, yet new',
    stretch(0),
    stretch(3, 3),
    1,
    'warning: too few calls to compare, 0 before and 3 after, 1 new kind of error',
  ],
  ['nobody calls', stretch(0, 0, null), stretch(0, 0, null), 0, 'info: no calls before or after'],
  ['just now', stretch(1_000), stretch(0, 0, null, 0), 0, 'info: too early to tell'],
])('%s', (_, before, after, newErrors, expected) => expect(tell(before, after, newErrors)).toBe(expected));

it('compares whole minutes on both sides of the one with the change', () => {
  const atMs = 100 * MINUTE + 12_345;
  const before = { fromMs: 70 * MINUTE, toMs: 100 * MINUTE };
  expect(planWindows({ service: 's', atMs }, 500 * MINUTE)).toEqual({
    before,
    after: { fromMs: 101 * MINUTE, toMs: 131 * MINUTE },
  });
  expect(planWindows({ service: 's', atMs }, 104 * MINUTE + 1)).toEqual({
    before,
    after: { fromMs: 101 * MINUTE, toMs: 104 * MINUTE },
  });
  expect(planWindows({ service: 's', atMs }, atMs + 1)).toEqual({
    before,
    after: { fromMs: 101 * MINUTE, toMs: 101 * MINUTE },
  });
  expect(planWindows({ service: 's', atMs, untilMs: 110 * MINUTE }, 500 * MINUTE).after.toMs).toBe(110 * MINUTE);
});
