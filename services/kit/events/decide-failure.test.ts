import { expect, test } from 'vitest';
import { z } from 'zod';
import { ATTEMPTS_MAX, decideFailure, HopelessEventError, RETRY_DELAYS_MS } from './decide-failure.ts';

test('a failure is tried again with growing pauses, and given up at last', () => {
  const failures = Array.from({ length: ATTEMPTS_MAX }, (_, index) => decideFailure(new Error('away'), index + 1));
  expect(failures).toEqual([
    ...RETRY_DELAYS_MS.map((delayMs) => ({ kind: 'retry', delayMs })),
    { kind: 'dead', reason: 'attempts' },
  ]);
  expect([...RETRY_DELAYS_MS]).toEqual([...RETRY_DELAYS_MS].toSorted((a, b) => a - b));
});

test('what no repetition mends is given up at once', () => {
  const broken = z.object({ orderId: z.uuid() }).safeParse({ orderId: 7 });
  expect(decideFailure(broken.error, 1)).toEqual({ kind: 'dead', reason: 'hopeless' });
  expect(decideFailure(new HopelessEventError('no such version'), 1)).toEqual({ kind: 'dead', reason: 'hopeless' });
});
