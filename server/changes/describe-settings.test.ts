import { expect, it } from 'vitest';
import { WantedBreakers } from '#server/gateway/document.ts';
import { describeSettings } from './describe-settings.ts';

it('says what was set anew, and leaves forces to the transitions', () => {
  const before = WantedBreakers.parse({ orders: { failureThreshold: 5 }, payments: {} });
  const forced = { side: 'open', reason: 'drill', by: 'me', sinceMs: 1, untilMs: 2 };
  const after = WantedBreakers.parse({
    orders: { failureThreshold: 3, resetTimeoutMs: 1_500 },
    payments: { forced },
    shipping: { halfOpenSuccessCount: 4 },
  });
  expect(describeSettings(before, after)).toEqual([
    { breaker: 'orders', text: 'threshold 5 → 3, reset timeout default → 1.5 s' },
    { breaker: 'shipping', text: 'successes to close default → 4' },
  ]);
  expect(describeSettings(after, before)).toContainEqual({
    breaker: 'shipping',
    text: 'successes to close 4 → default',
  });
  expect(describeSettings(after, after)).toEqual([]);
});
