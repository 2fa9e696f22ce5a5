import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { limitHeaders } from './limit-headers.ts';
import { createLimiter } from './limiter.ts';

const TIERS = [
  { name: 'short', quota: 2, windowMs: 1000 },
  { name: 'long', quota: 3, windowMs: 60_000 },
];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says in every answer what is left of each tier', async () => {
  const uses = await createLimiter(() => TIERS).consume('a');
  expect(limitHeaders(uses)).toEqual({
    'ratelimit-policy': '"short";q=2;w=1, "long";q=3;w=60',
    ratelimit: '"short";r=1;t=1, "long";r=2;t=60',
  });
});

it('refuses beyond the quota, until the window of the violated tier is over', async () => {
  const limiter = createLimiter(() => TIERS);
  await limiter.consume('a');
  await limiter.consume('a');
  vi.advanceTimersByTime(400);
  const third = await limiter.consume('a');
  expect(third.map(({ isViolated }) => isViolated)).toEqual([true, false]);
  expect(limitHeaders(third)['retry-after']).toBe('1');
  vi.advanceTimersByTime(600);
  const fourth = await limiter.consume('a');
  expect(fourth.map(({ isViolated }) => isViolated)).toEqual([false, true]);
  expect(limitHeaders(fourth)['retry-after']).toBe('59');
  vi.advanceTimersByTime(59_000);
  expect((await limiter.consume('a')).some(({ isViolated }) => isViolated)).toBe(false);
});

it('counts each client by itself', async () => {
  const limiter = createLimiter(() => TIERS);
  await limiter.consume('a');
  await limiter.consume('a');
  expect((await limiter.consume('b'))[0]).toMatchObject({ remaining: 1, isViolated: false });
});

it('keeps what it has counted when a tier is changed, and holds no client longer than the new window', async () => {
  let tiers = [{ name: 'long', quota: 3, windowMs: 60_000 }];
  const limiter = createLimiter(() => tiers);
  const use = async () => {
    const [{ remaining, resetMs, isViolated } = { remaining: -1, resetMs: -1, isViolated: false }] =
      await limiter.consume('a');
    return { remaining, resetMs, isViolated };
  };
  await use();
  await use();
  tiers = [{ name: 'long', quota: 2, windowMs: 60_000 }];
  expect(await use()).toEqual({ remaining: 0, resetMs: 60_000, isViolated: true });
  tiers = [{ name: 'long', quota: 9, windowMs: 90_000 }];
  vi.advanceTimersByTime(10_000);
  expect(await use()).toEqual({ remaining: 5, resetMs: 50_000, isViolated: false });
  tiers = [{ name: 'long', quota: 4, windowMs: 2_000 }];
  expect(await use()).toEqual({ remaining: 0, resetMs: 2_000, isViolated: true });
  vi.advanceTimersByTime(1_500);
  expect(await use()).toEqual({ remaining: 0, resetMs: 500, isViolated: true });
  vi.advanceTimersByTime(500);
  expect(await use()).toEqual({ remaining: 3, resetMs: 2_000, isViolated: false });
});
