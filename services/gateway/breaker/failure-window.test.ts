import { expect, it } from 'vitest';
import { settleCall, startMemory, type BreakerMemory, type BreakerSettings, type CallResult } from './decide.ts';
import { addToWindow, sumWindow, type WindowSlot } from './failure-window.ts';

const SETTINGS: BreakerSettings = {
  failureThreshold: 4,
  resetTimeoutMs: 1000,
  halfOpenSuccessCount: 1,
  windowMs: 10_000,
  failurePercent: 50,
};

/** One call a second, `x` failed and `.` good. */
function play(calls: string, settings = SETTINGS): { memory: BreakerMemory; reasons: string[] } {
  const reasons: string[] = [];
  let memory = startMemory(0);
  [...calls].forEach((call, second) => {
    const result: CallResult =
      call === 'x' ? { kind: 'failure', reason: 'HTTP 500', traceId: `t${second}` } : { kind: 'success' };
    const decision = settleCall(memory, settings, { epoch: 0, result }, second * 1000);
    if (decision.change) reasons.push(decision.change.reason);
    memory = decision.memory;
  });
  return { memory, reasons };
}

it.each([
  ['half of the calls failed, never four in a row', 'x.x.x.x', ['4 of 7 calls failed in 10 s, the last: HTTP 500']],
  ['a third is less than half', 'x..x..x..x', []],
  ['too few failures for any share', 'x.xx', []],
  ['what is older than the window does not count', 'xx..........x.x', []],
  ['as many in a row open it whatever the share', '........xxxx', ['4 failures in a row, the last: HTTP 500']],
])('%s', (_name, calls, reasons) => {
  expect(play(calls).reasons).toEqual(reasons);
});

it('names all failing calls of the window, and how many they were', () => {
  expect(play('x.x.x.x').memory).toMatchObject({
    state: 'open',
    failures: 4,
    failedTraceIds: ['t0', 't2', 't4', 't6'],
  });
});

it('without a window only failures in a row open it', () => {
  expect(play('x.x.x.x.x', { ...SETTINGS, windowMs: undefined }).memory).toMatchObject({ state: 'closed', window: [] });
});

it('holds no more than eleven slots however many calls there are', () => {
  let slots: readonly WindowSlot[] = [];
  for (let nowMs = 0; nowMs < 100_000; nowMs += 7)
    slots = addToWindow(slots, { windowMs: 1000, isFailure: nowMs % 2 === 0, nowMs });
  expect(slots.length).toBeLessThanOrEqual(11);
  expect(sumWindow(slots).calls).toBeGreaterThan(1000 / 7 - 20);
  expect(sumWindow(slots).calls).toBeLessThan(1000 / 7 + 2);
});
