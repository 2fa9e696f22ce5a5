import { expect, it } from 'vitest';
import type { Tick } from '#server/load-tests/schema.ts';
import { describeTicks, prepareTicks } from './prepare-ticks.ts';

const tick = (atS: number, more: Partial<Tick> = {}): Tick => ({
  atS,
  served: 8,
  limited: 0,
  breaker: 0,
  failed: 0,
  unanswered: 0,
  p50Ms: 5,
  p95Ms: 20,
  p99Ms: 30,
  maxMs: 31,
  ...more,
});

it('stacks what happened in a second, on round axes', () => {
  const { bars, topPerS, topMs, lengthS } = prepareTicks([tick(1), tick(2, { limited: 4, p95Ms: null })], 60);
  expect(bars).toMatchObject([
    { fromS: 0, toS: 1, parts: [{ key: 'served', low: 0, high: 8 }] },
    {
      fromS: 1,
      toS: 2,
      p95Ms: null,
      parts: [
        { key: 'served', low: 0, high: 8 },
        { key: 'limited', low: 8, high: 12 },
      ],
    },
  ]);
  expect([topPerS, topMs, lengthS]).toEqual([20, 20, 60]);
});

it('puts seconds together until they fit, with the slowest of them', () => {
  const ticks = Array.from({ length: 600 }, (_, index) => tick(index + 1, { p95Ms: index }));
  const { bars } = prepareTicks(ticks, 600);
  expect(bars).toHaveLength(150);
  expect(bars[0]).toMatchObject({ fromS: 0, toS: 4, p95Ms: 3, parts: [{ high: 8 }] });
});

it('has axes for a test that has only begun', () => {
  expect(prepareTicks([], 30)).toEqual({ bars: [], lengthS: 30, topPerS: 1, topMs: 10 });
});

it('says it in a sentence', () => {
  expect(describeTicks([tick(1), tick(2, { failed: 2 })])).toBe('18 requests in 2 seconds: served 16, failed 2');
});
