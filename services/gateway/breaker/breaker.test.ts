import { expect, it } from 'vitest';
import { Breaker, type Permit, type Transition } from './breaker.ts';

const SETTINGS = { failureThreshold: 2, resetTimeoutMs: 1000, halfOpenSuccessCount: 2 };

function createBreaker() {
  const clock = { nowMs: 0 };
  const transitions: Transition[] = [];
  const calls: string[] = [];
  const breaker = new Breaker({
    name: 'payments',
    settings: SETTINGS,
    now: () => clock.nowMs,
    onTransition: (transition) => transitions.push(transition),
    onCall: (name, outcome) => calls.push(`${name} ${outcome}`),
  });
  return { breaker, clock, transitions, calls };
}

function enter(breaker: Breaker): Permit {
  const entry = breaker.enter();
  if (!entry.admitted) throw new Error(`refused while ${entry.state}`);
  return entry;
}

it('tells of every transition once, with what led there', () => {
  const { breaker, clock, transitions, calls } = createBreaker();
  enter(breaker).fail({ outcome: 'failure', reason: 'HTTP 503', traceId: 'a' });
  enter(breaker).fail({ outcome: 'timeout', reason: 'no answer within 5 ms', traceId: 'b' });
  expect(breaker.enter()).toEqual({ admitted: false, state: 'open', retryAfterMs: 1000 });
  clock.nowMs = 1000;
  enter(breaker).succeed();
  enter(breaker).succeed();
  expect(transitions).toEqual([
    {
      name: 'payments',
      state: 'open',
      previousState: 'closed',
      atMs: 0,
      reason: '2 failures in a row, the last: no answer within 5 ms',
      failures: 2,
      calls: 2,
      nextAttemptMs: 1000,
      traceIds: ['a', 'b'],
      settings: SETTINGS,
    },
    expect.objectContaining({ state: 'half_open', previousState: 'open', atMs: 1000, failures: 2, calls: 0 }),
    expect.objectContaining({ state: 'closed', previousState: 'half_open', failures: 0, calls: 2, traceIds: [] }),
  ]);
  expect(calls).toEqual([
    'payments failure',
    'payments timeout',
    'payments rejected',
    'payments success',
    'payments success',
  ]);
});

it('hears only the first word about a call', () => {
  const { breaker, calls } = createBreaker();
  const permit = enter(breaker);
  permit.fail({ outcome: 'failure', reason: 'HTTP 500' });
  permit.succeed();
  permit.release();
  expect(breaker.memory.failures).toBe(1);
  expect(calls).toEqual(['payments failure']);
});

it('opens once, though more calls were under way', () => {
  const { breaker, transitions } = createBreaker();
  const permits = [enter(breaker), enter(breaker), enter(breaker), enter(breaker)];
  for (const permit of permits) permit.fail({ outcome: 'failure', reason: 'HTTP 500' });
  expect(transitions.map(({ state }) => state)).toEqual(['open']);
});

it('is held open by force and says so', () => {
  const { breaker, transitions } = createBreaker();
  breaker.force('open', 'maintenance by anna');
  expect(breaker.isPassable).toBe(false);
  breaker.force(null, 'maintenance is over');
  expect(breaker.isPassable).toBe(true);
  expect(transitions.map(({ state, reason }) => [state, reason])).toEqual([
    ['forced_open', 'maintenance by anna'],
    ['closed', 'maintenance is over'],
  ]);
});
