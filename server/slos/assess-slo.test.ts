import { describe, expect, it } from 'vitest';
import { assessSlo, type Counted } from './assess-slo.ts';
import { toDays } from './sum-counts.ts';

const NONE: Counted = { requests: 0, bad: 0 };
const of = (requests: number, bad: number): Counted => ({ requests, bad });

describe('assessSlo', () => {
  it.each([
    ['nothing was served: no data, not success', NONE, NONE, NONE, 'no_data', null],
    ['nothing failed', of(1000, 0), of(100, 0), of(600, 0), 'met', 1],
    ['half of the budget is used', of(1000, 5), of(100, 0), of(600, 0), 'met', 0.5],
    ['less than a quarter is left', of(1000, 9), of(100, 0), of(600, 0), 'low', 0.1],
    ['the budget is overdrawn', of(1000, 30), of(100, 0), of(600, 0), 'missed', -2],
    ['exactly used up is still met', of(1000, 10), of(100, 0), of(600, 0), 'low', 0],
    ['it holds, but burns fast for an hour', of(10_000, 20), of(100, 15), of(600, 15), 'burning', 0.8],
    ['it holds, but burns for six hours', of(10_000, 40), of(100, 4), of(600, 42), 'burning', 0.6],
    ['three requests are no pace', of(10_000, 3), of(3, 3), of(3, 3), 'met', 0.97],
  ] as const)('%s', (_, window, h1, h6, status, budgetLeft) => {
    const assessed = assessSlo({ target: 0.99 }, { window, h1, h6 });
    expect(assessed.status).toBe(status);
    if (budgetLeft === null) expect(assessed.budgetLeft).toBeNull();
    else expect(assessed.budgetLeft).toBeCloseTo(budgetLeft, 9);
  });

  it('tells the pace as a multiple of what is allowed', () => {
    const assessed = assessSlo({ target: 0.995 }, { window: of(1000, 5), h1: of(200, 2), h6: NONE });
    expect(assessed.burnRate1h).toBeCloseTo(2, 9);
    expect(assessed.burnRate6h).toBeNull();
    expect(assessed.achieved).toBe(0.995);
  });
});

describe('toDays', () => {
  it('shows 90 days up to today, and a day without requests is no good day', () => {
    const nowMs = Date.UTC(2026, 10, 21, 9);
    const days = toDays([{ service: 'a', bucketMs: Date.UTC(2026, 10, 20), requests: 4, bad: 1 }], nowMs);
    expect(days).toHaveLength(90);
    expect(days.at(-1)).toEqual({ dayMs: Date.UTC(2026, 10, 21), requests: 0, good: null });
    expect(days.at(-2)).toEqual({ dayMs: Date.UTC(2026, 10, 20), requests: 4, good: 3 });
  });
});
