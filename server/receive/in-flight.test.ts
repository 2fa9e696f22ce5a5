import { describe, expect, it } from 'vitest';
import { InFlight, Turnstile } from './in-flight.ts';

describe('InFlight', () => {
  it('lets one sender hold half, and leaves room for those who hold little', () => {
    const inFlight = new InFlight(1_000);
    const accepted = (sender: string) => {
      let count = 0;
      while (inFlight.take(10, sender)) count++;
      return count;
    };
    expect(accepted('noisy')).toBe(50);
    expect(inFlight.take(100, 'quiet')).toBe(true);
    expect(inFlight.take(10, 'noisy')).toBe(false);
    expect(accepted('quiet')).toBeGreaterThan(5);
    expect(inFlight.take(10, 'newcomer')).toBe(true);
    expect(inFlight.bytes).toBeLessThanOrEqual(1_000);
  });

  it('lets the first request pass the bound alone, and takes back what each held', () => {
    const inFlight = new InFlight(1_000);
    const large = inFlight.hold('a');
    expect(large.take(5_000)).toBe(true);
    expect(inFlight.take(1, 'b')).toBe(false);
    large.release();
    large.release();
    expect(inFlight.bytes).toBe(0);
    expect(inFlight.take(1, 'b')).toBe(true);
  });
});

it('lets senders take turns at the turnstile, however long the line of one is', async () => {
  const turnstile = new Turnstile(1);
  const order: string[] = [];
  const work = (name: string) => turnstile.run(async () => void order.push(name), name);
  const first = turnstile.run(() => new Promise<void>((resolve) => setImmediate(resolve)), 'first');
  const noisy = Array.from({ length: 5 }, () => work('noisy'));
  await Promise.all([first, ...noisy, work('quiet'), work('quiet')]);
  expect(order).toEqual(['noisy', 'quiet', 'noisy', 'quiet', 'noisy', 'noisy', 'noisy']);
});
