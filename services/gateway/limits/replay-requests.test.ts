import { expect, it } from 'vitest';
import { createCounters } from './limiter.ts';
import { replayRequests, type RecordedRequest } from './replay-requests.ts';

const tier = (quota: number, windowMs = 60_000) => ({ name: 'long', quota, windowMs });
const at = (startMs: number, client = 'a') => ({ startMs, client });

function replay(requests: readonly RecordedRequest[], ...tiers: Parameters<typeof replayRequests>[1]): number[] {
  const steps = replayRequests(requests, tiers);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return [...step.value];
}

it('says what other limits would have refused of the same requests', () => {
  // 112 in a minute, of one client.
  const requests = Array.from({ length: 112 }, (_, index) => ({ startMs: index * 500, client: 'a' }));
  const refused = (quota: number) => replay(requests, tier(quota)).filter(Boolean).length;
  expect([refused(60), refused(100), refused(112)]).toEqual([52, 12, 0]);
});

it('gives each client its own window, which begins anew when it is over', () => {
  const requests = [at(0), at(10), at(20), at(20, 'b'), at(59_999), at(60_000), at(60_001)];
  expect(replay(requests, tier(2))).toEqual([0, 0, 1, 0, 1, 0, 0]);
});

it('names each tier that would have refused by its bit', () => {
  const requests = Array.from({ length: 4 }, (_, index) => ({ startMs: index, client: 'a' }));
  expect(replay(requests, tier(3), { name: 'short', quota: 2, windowMs: 1_000 })).toEqual([0, 0, 2, 3]);
});

it('forgets clients whose windows are over, and no others', () => {
  const count = createCounters(() => [tier(1, 1_000), tier(1, 5_000)]);
  for (let client = 0; client < 900; client++) count(`early ${client}`, 0);
  count('kept', 4_000);
  for (let client = 0; client < 900; client++) count(`late ${client}`, 5_500);
  expect(count('kept', 5_600).map(({ isViolated }) => isViolated)).toEqual([false, true]);
  expect(count('early 1', 5_600).map(({ isViolated }) => isViolated)).toEqual([false, false]);
});
