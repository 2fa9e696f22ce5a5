import { describe, expect, it } from 'vitest';
import { ActiveKeys } from './active-keys.ts';
import { Budgets, OTHER_SOURCES } from './budgets.ts';

const LIMITS = { own: 1_000, shared: Infinity };

describe('ActiveKeys', () => {
  it('admits up to its bound, and again what it has admitted', () => {
    const keys = new ActiveKeys(1_000);
    const admitted = Array.from({ length: 1_500 }, (_, key) => keys.admit(key * 7, key, 1, LIMITS, 0));
    expect(admitted.indexOf(false)).toBe(1_000);
    expect(keys.admit(7, 1, 1, LIMITS, 1)).toBe(true);
    expect(keys.weight).toBe(1_000);
  });

  it('makes room for others by what was not seen for two generations', () => {
    const shared = { weight: 0 };
    const keys = new ActiveKeys(1_000, shared);
    for (let key = 0; key < 1_000; key++) keys.admit(key, 0, 1, LIMITS, 0);
    expect(keys.admit(5_000, 0, 1, LIMITS, 1_000)).toBe(false);
    for (let key = 0; key < 400; key++) expect(keys.admit(key, 0, 1, LIMITS, 1_500)).toBe(true);
    expect(keys.admit(1, 0, 1, LIMITS, 2_000)).toBe(true);
    expect(keys.weight).toBe(400);
    expect(shared.weight).toBe(400);
    expect(keys.admit(5_000, 0, 600, LIMITS, 2_000)).toBe(true);
    expect(keys.admit(5_001, 0, 1, LIMITS, 2_000)).toBe(false);
  });
});

describe('Budgets', () => {
  it('has one budget for all who come when there are enough sources', () => {
    const budgets = new Budgets({ sources: 2 });
    expect(['a', 'b', 'c', 'd', 'a'].map((name) => budgets.of(name, 0).name)).toEqual([
      'a',
      'b',
      OTHER_SOURCES,
      OTHER_SOURCES,
      'a',
    ]);
    // Long silent, b makes room.
    budgets.of('a', 3_000_000);
    expect(budgets.of('c', 3_000_000).name).toBe('c');
    expect(budgets.of('b', 3_000_000).name).toBe(OTHER_SOURCES);
  });

  it('bounds the series of one and of all', () => {
    const budgets = new Budgets({ seriesPerSource: 10, series: 15 });
    expect(budgets.of('a', 0).refuseSeries(1, 1, 10, 0)).toBeUndefined();
    expect(budgets.of('a', 0).refuseSeries(2, 1, 1, 0)).toContain('INGEST_MAX_SERIES_PER_SOURCE');
    expect(budgets.of('b', 0).refuseSeries(1, 1, 5, 0)).toBeUndefined();
    expect(budgets.of('b', 0).refuseSeries(2, 1, 1, 0)).toContain('INGEST_MAX_SERIES)');
    expect(budgets.series).toBe(15);
  });
});
