import { describe, expect, it } from 'vitest';
import { admitCall, probeNow, retune, settleCall, startMemory, type BreakerMemory, type CallResult } from './decide.ts';

const SETTINGS = { failureThreshold: 3, resetTimeoutMs: 1000, halfOpenSuccessCount: 2 };
const OK: CallResult = { kind: 'success' };
const fail = (traceId: string): CallResult => ({ kind: 'failure', reason: 'HTTP 500', traceId });

/** Lets a call in and ends it, both at `nowMs`. */
function pass(memory: BreakerMemory, result: CallResult, nowMs = 0): BreakerMemory {
  const admission = admitCall(memory, SETTINGS, nowMs);
  if (!admission.admitted) throw new Error(`refused while ${admission.state}`);
  return settleCall(admission.memory, SETTINGS, { epoch: admission.memory.epoch, result }, nowMs).memory;
}

function passAll(results: CallResult[], from = startMemory(0)): BreakerMemory {
  return results.reduce((memory, result) => pass(memory, result), from);
}

const opened = () => passAll([fail('a'), fail('b'), fail('c')]);

describe('a closed breaker', () => {
  it.each([
    ['two failures are too few', [fail('a'), fail('b')], 'closed', 2],
    ['three in a row open it', [fail('a'), fail('b'), fail('c')], 'open', 3],
    ['a success between them starts the count anew', [fail('a'), fail('b'), OK, fail('c'), fail('d')], 'closed', 2],
    ['a client that left counts for nothing', [fail('a'), fail('b'), { kind: 'released' }, fail('c')], 'open', 3],
    ['a client that left does not start the count anew', [fail('a'), { kind: 'released' }], 'closed', 1],
  ] as [string, CallResult[], string, number][])('%s', (_name, results, state, failures) => {
    expect(passAll(results)).toMatchObject({ state, failures });
  });

  it('tells why it opened, after how many calls, and which calls failed', () => {
    const memory = passAll([OK, fail('a'), fail('b')]);
    const decision = settleCall(memory, SETTINGS, { epoch: memory.epoch, result: fail('c') }, 500);
    expect(decision.change).toEqual({ reason: '3 failures in a row, the last: HTTP 500', calls: 4 });
    expect(decision.memory).toMatchObject({ sinceMs: 500, nextAttemptMs: 1500, failedTraceIds: ['a', 'b', 'c'] });
  });

  it('remembers the last ten failing calls', () => {
    const patient = { ...SETTINGS, failureThreshold: 100 };
    let memory = startMemory(0);
    for (let call = 0; call < 12; call++) {
      memory = settleCall(memory, patient, { epoch: 0, result: fail(`t${call}`) }, 0).memory;
    }
    expect(memory.failedTraceIds).toEqual(Array.from({ length: 10 }, (_, index) => `t${index + 2}`));
  });
});

describe('an open breaker', () => {
  it('refuses until its time is over and says how long that is', () => {
    expect(admitCall(opened(), SETTINGS, 400)).toEqual({ admitted: false, state: 'open', retryAfterMs: 600 });
  });

  it('takes the first call after that as a trial', () => {
    const admission = admitCall(opened(), SETTINGS, 1000);
    expect(admission).toMatchObject({
      admitted: true,
      memory: {
        state: 'half_open',
        trialsUnderWay: 1,
        failures: 3,
        failedTraceIds: ['a', 'b', 'c'],
        nextAttemptMs: null,
      },
    });
  });

  it('hears nothing of calls that it let in while it was closed', () => {
    const memory = opened();
    expect(settleCall(memory, SETTINGS, { epoch: 0, result: OK }, 10)).toEqual({ memory });
    expect(settleCall(memory, SETTINGS, { epoch: 0, result: fail('late') }, 10)).toEqual({ memory });
  });
});

describe('a half-open breaker', () => {
  it('closes after as many successes as it wants', () => {
    const once = pass(opened(), OK, 1000);
    expect(once).toMatchObject({ state: 'half_open', trialSuccesses: 1, trialsUnderWay: 0 });
    expect(pass(once, OK, 1001)).toMatchObject({ state: 'closed', failures: 0, failedTraceIds: [], sinceMs: 1001 });
  });

  it('opens again at the first failure, for another full time', () => {
    const again = pass(pass(opened(), OK, 1000), fail('d'), 1200);
    expect(again).toMatchObject({ state: 'open', nextAttemptMs: 2200, failedTraceIds: ['a', 'b', 'c', 'd'] });
    expect(pass(again, OK, 2200)).toMatchObject({ state: 'half_open', trialSuccesses: 1 });
  });

  it('lets in no more trials than successes are wanted', () => {
    const first = admitCall(opened(), SETTINGS, 1000);
    const second = first.admitted ? admitCall(first.memory, SETTINGS, 1000) : first;
    expect(second).toMatchObject({ admitted: true, memory: { trialsUnderWay: 2 } });
    const third = second.admitted ? admitCall(second.memory, SETTINGS, 1000) : second;
    expect(third).toMatchObject({ admitted: false, state: 'half_open' });
  });

  it('gives the place of a trial whose client left to another', () => {
    const memory = pass(opened(), { kind: 'released' }, 1000);
    expect(memory).toMatchObject({ state: 'half_open', trialsUnderWay: 0, trialSuccesses: 0 });
    expect(pass(pass(memory, OK, 1001), OK, 1002).state).toBe('closed');
  });
});

describe('a probe that is asked for', () => {
  it('makes the next calls trials, before their time', () => {
    const { memory, change } = probeNow(opened(), 'asked', 5);
    expect(change).toEqual({ reason: 'asked', calls: 0 });
    expect(memory).toMatchObject({ state: 'half_open', trialsUnderWay: 0, failures: 3 });
    expect(pass(pass(memory, OK, 6), OK, 7).state).toBe('closed');
  });

  it.each([
    ['closed', startMemory(0)],
    ['half-open', pass(opened(), OK, 1000)],
  ])('changes nothing while %s', (_state, memory) => {
    expect(probeNow(memory, 'asked', 2000)).toEqual({ memory });
  });
});

describe('other settings', () => {
  it('move the next attempt of an open breaker, from when it opened', () => {
    const { memory, change } = retune(opened(), { ...SETTINGS, resetTimeoutMs: 200 }, 5);
    expect([memory.nextAttemptMs, change]).toEqual([200, undefined]);
  });

  it('close a half-open breaker whose trials suffice by them', () => {
    const half = pass(opened(), OK, 1000);
    expect(retune(half, { ...SETTINGS, halfOpenSuccessCount: 1 }, 1001).memory.state).toBe('closed');
    expect(retune(half, { ...SETTINGS, halfOpenSuccessCount: 3 }, 1001)).toEqual({ memory: half });
  });

  it('count from the next failure on while closed', () => {
    const memory = passAll([fail('a'), fail('b')]);
    const strict = { ...SETTINGS, failureThreshold: 1 };
    expect(retune(memory, strict, 5).memory.state).toBe('closed');
    expect(settleCall(memory, strict, { epoch: memory.epoch, result: fail('c') }, 5).memory.state).toBe('open');
  });
});
