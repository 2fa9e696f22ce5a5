import { describe, expect, it } from 'vitest';
import {
  EJECTION_MS,
  EJECTION_MS_MAX,
  FRESH,
  isEjected,
  mayEject,
  readmit,
  settleFailure,
  settleSuccess,
  type InstanceMemory,
} from './decide-ejection.ts';

const fail = (memory: InstanceMemory, nowMs = 0, mayGo = true) => settleFailure(memory, 'failure', { mayGo, nowMs });
const failTimes = (times: number, memory = FRESH) => {
  let decision = fail(memory);
  for (let count = 1; count < times; count++) decision = fail(decision.memory);
  return decision;
};

describe('an instance', () => {
  it('is taken out after three failures in a row', () => {
    expect(failTimes(2).ejection).toBeUndefined();
    expect(failTimes(3)).toMatchObject({ ejection: { forMs: EJECTION_MS, reason: '3 failures in a row' } });
    expect(failTimes(2, settleSuccess(failTimes(2).memory, 0)).ejection).toBeUndefined();
  });

  it('is taken out at once when nobody listens there', () => {
    const { ejection } = settleFailure(FRESH, 'connect', { mayGo: true, nowMs: 0 });
    expect(ejection).toEqual({ forMs: EJECTION_MS, reason: 'nobody listens there' });
  });

  it('stays while no more may go, and goes with its next failure when one may', () => {
    const decision = fail(failTimes(2).memory, 0, false);
    expect(decision.ejection).toBeUndefined();
    expect(fail(decision.memory).ejection).toBeDefined();
  });

  it('comes back on trial, goes for twice as long when it fails again, and never for more than the most', () => {
    let { memory } = failTimes(3);
    let nowMs = 0;
    const times: number[] = [];
    for (let count = 0; count < 8; count++) {
      nowMs = memory.ejectedUntilMs!;
      expect(isEjected(memory, nowMs - 1)).toBe(true);
      expect(readmit(memory, nowMs - 1)).toBe(memory);
      memory = readmit(memory, nowMs);
      const decision = fail(memory, nowMs);
      times.push(decision.ejection!.forMs / EJECTION_MS);
      memory = decision.memory;
    }
    expect(times).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(EJECTION_MS * 60).toBe(EJECTION_MS_MAX);
  });

  it('is forgiven when it has been well for a minute', () => {
    const { memory } = failTimes(3);
    const back = settleSuccess(readmit(memory, EJECTION_MS), EJECTION_MS);
    expect(back).toMatchObject({ ejections: 1, isOnTrial: false, failures: 0 });
    expect(settleSuccess(back, EJECTION_MS + 60_001)).toEqual(FRESH);
  });

  it('hears nothing of calls from before its ejection', () => {
    const { memory } = failTimes(3);
    expect(settleSuccess(memory, 1)).toBe(memory);
    expect(fail(memory, 1)).toEqual({ memory });
  });
});

it.each([
  [1, 0, false],
  [2, 0, true],
  [2, 1, false],
  [3, 0, true],
  [3, 1, false],
  [5, 1, true],
  [5, 2, false],
])('of %i instances with %i out, may one more go? %s', (instances, ejected, may) => {
  expect(mayEject(instances, ejected)).toBe(may);
});
