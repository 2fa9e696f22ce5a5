import { expect, it } from 'vitest';
import { Breaker, type Forced, type Permit, type Transition } from './breaker.ts';

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
      forced: null,
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

function force(side: Forced['side'], untilMs = 10_000): Forced {
  return { side, reason: 'maintenance', by: 'Anna', sinceMs: 0, untilMs };
}

it('is held open by force and says so', () => {
  const { breaker, transitions, calls } = createBreaker();
  breaker.force(force('open'), 'maintenance by anna');
  expect([breaker.isPassable, breaker.state, breaker.memory.state]).toEqual([false, 'forced_open', 'closed']);
  expect(breaker.enter()).toMatchObject({ admitted: false, state: 'forced_open' });
  breaker.force(null, 'maintenance is over');
  expect(breaker.isPassable).toBe(true);
  expect(calls).toEqual(['payments rejected']);
  expect(transitions.map(({ state, reason }) => [state, reason])).toEqual([
    ['forced_open', 'maintenance by anna'],
    ['closed', 'maintenance is over'],
  ]);
});

it('lets every call pass while it is held closed, and is released to what its own calls made of it', () => {
  const { breaker, clock, transitions } = createBreaker();
  breaker.force(force('closed'), 'known flake');
  for (let call = 0; call < 5; call++) enter(breaker).fail({ outcome: 'failure', reason: 'HTTP 500' });
  expect([breaker.state, breaker.memory.state, breaker.memory.calls]).toEqual(['forced_closed', 'open', 0]);
  clock.nowMs = 500;
  breaker.force(null, 'enough');
  expect([breaker.state, breaker.sinceMs, breaker.nextAttemptMs]).toEqual(['open', 500, 1000]);
  expect(transitions.map(({ state, previousState }) => `${previousState} ${state}`)).toEqual([
    'closed forced_closed',
    'forced_closed open',
  ]);
});

it('drops no call that is under way when it is forced', () => {
  const { breaker } = createBreaker();
  const permits = [enter(breaker), enter(breaker)];
  breaker.force(force('open'), 'maintenance');
  for (const permit of permits) permit.fail({ outcome: 'failure', reason: 'HTTP 500' });
  breaker.force(null, 'over');
  expect(breaker.state).toBe('open');
});

it('ends a force by itself when its time is over', () => {
  const { breaker, clock, transitions } = createBreaker();
  breaker.force(force('open', 300), 'maintenance');
  clock.nowMs = 299;
  breaker.releaseExpired();
  expect(breaker.state).toBe('forced_open');
  clock.nowMs = 300;
  enter(breaker).succeed();
  expect(breaker.state).toBe('closed');
  expect(transitions.at(-1)?.reason).toBe('the time is over for which Anna had forced it open');
});

it('changes its mind from open to closed by force, and takes a longer time in silence', () => {
  const { breaker, transitions } = createBreaker();
  breaker.force(force('open'), 'one');
  breaker.force(force('open', 20_000), 'two');
  breaker.force(force('closed'), 'three');
  expect(transitions.map(({ state }) => state)).toEqual(['forced_open', 'forced_closed']);
});

it('probes an open breaker, and no other', () => {
  const { breaker } = createBreaker();
  expect(breaker.probe('asked')).toBe(false);
  for (let call = 0; call < 2; call++) enter(breaker).fail({ outcome: 'failure', reason: 'HTTP 500' });
  expect(breaker.probe('asked')).toBe(true);
  expect([breaker.state, breaker.reason]).toEqual(['half_open', 'asked']);
});
