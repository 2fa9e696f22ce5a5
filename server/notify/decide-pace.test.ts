import { describe, expect, it } from 'vitest';
import { nextFreeMs } from './decide-pace.ts';

/** When each of `count` messages that are there at once is sent, from `startMs`. */
function sendAll(count: number, kind: { paceMs: number; burst: number }, startMs = 10_000): number[] {
  const times: number[] = [];
  let nowMs = startMs;
  let freeAtMs = 0;
  for (let sent = 0; sent < count; sent += 1) {
    nowMs = Math.max(nowMs, freeAtMs);
    times.push(nowMs - startMs);
    freeAtMs = nextFreeMs(freeAtMs, nowMs, kind);
  }
  return times;
}

describe('nextFreeMs', () => {
  it('lets a burst through and keeps the pace afterwards', () => {
    expect(sendAll(6, { paceMs: 1_000, burst: 3 })).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
  });

  it('is a plain pace without one', () => {
    expect(sendAll(3, { paceMs: 1_000, burst: 1 })).toEqual([0, 1_000, 2_000]);
  });

  it('allows the burst again only after a rest', () => {
    const kind = { paceMs: 1_000, burst: 3 };
    let freeAtMs = 0;
    for (const atMs of [10_000, 10_000, 10_000]) freeAtMs = nextFreeMs(freeAtMs, atMs, kind);
    expect(freeAtMs).toBe(11_000);
    expect(nextFreeMs(freeAtMs, 11_500, kind)).toBe(12_000);
    expect(nextFreeMs(freeAtMs, 60_000, kind)).toBe(59_000);
  });
});
