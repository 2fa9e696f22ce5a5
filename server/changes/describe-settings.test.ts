import { expect, it } from 'vitest';
import { WantedBreakers } from '#server/gateway/document.ts';
import { describeSettings } from './describe-settings.ts';

it('says what was set anew, and leaves forces to the transitions', () => {
  const before = WantedBreakers.parse({ orders: { failureThreshold: 5 }, payments: {} });
  const forced = { side: 'open', reason: 'drill', by: 'me', sinceMs: 1, untilMs: 2 };
  const after = WantedBreakers.parse({
    orders: { failureThreshold: 3, resetTimeoutMs: 1_500 },
    payments: { forced },
    shipping: { halfOpenSuccessCount: 4, windowMs: 10_000, failurePercent: 30, answerTimeoutMs: 800, retriesMax: 0 },
  });
  expect(describeSettings(before, after)).toEqual([
    { breaker: 'orders', text: 'threshold 5 → 3, reset timeout default → 1.5 s' },
    {
      breaker: 'shipping',
      text: 'successes to close default → 4, window default → 10 s, share of the window default → 30 %, timeout of a call default → 0.8 s, retries default → 0',
    },
  ]);
  expect(describeSettings(after, before)).toContainEqual({
    breaker: 'shipping',
    text: expect.stringContaining('successes to close 4 → default, window 10 s → default'),
  });
  expect(describeSettings(after, after)).toEqual([]);
});
