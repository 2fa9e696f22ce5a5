import { expect, it } from 'vitest';
import { Breaker, type Transition } from './breaker.ts';
import { replayCalls, type RecordedCall } from './replay-calls.ts';
import { Shadow } from './shadow.ts';

const SETTINGS = { failureThreshold: 4, resetTimeoutMs: 2_000, halfOpenSuccessCount: 1 };
const OTHERS = { failureThreshold: 2, resetTimeoutMs: 1_000, halfOpenSuccessCount: 1 };

function create() {
  const clock = { nowMs: 0 };
  const now = () => clock.nowMs;
  const moves: Transition[] = [];
  const shadowMoves: Transition[] = [];
  const breaker = new Breaker({ name: 'payments', settings: SETTINGS, now, onTransition: (move) => moves.push(move) });
  const shadow = new Shadow({
    name: 'payments',
    settings: OTHERS,
    sinceMs: 0,
    now,
    onTransition: (move) => shadowMoves.push(move),
  });
  /** A call as the proxy makes it; says how the caller fared. */
  const call = (isGood: boolean): 'good' | 'failing' | 'refused' => {
    const entry = shadow.follow(breaker.enter());
    if (!entry.admitted) return 'refused';
    if (isGood) entry.succeed();
    else entry.fail({ outcome: 'failure', reason: 'HTTP 500' });
    return isGood ? 'good' : 'failing';
  };
  return { clock, breaker, shadow, moves, shadowMoves, call };
}

it('counts what it would have refused, and refuses nobody', () => {
  const { shadow, moves, shadowMoves, call } = create();
  const fared = [true, false, false, false, true].map(call);
  expect(fared).toEqual(['good', 'failing', 'failing', 'failing', 'good']);
  expect(moves).toEqual([]);
  expect(shadowMoves.map(({ state, reason }) => [state, reason])).toEqual([
    ['open', '2 failures in a row, the last: HTTP 500'],
  ]);
  expect(shadow.counts).toEqual({
    opened: 1,
    refused: { good: 1, failing: 1, unknown: 0 },
    passed: { good: 1, failing: 2, unknown: 0 },
  });
});

it('learns nothing of calls that the breaker refused, and closes by those that it let through', () => {
  const { clock, breaker, shadow, shadowMoves, call } = create();
  for (let count = 0; count < 4; count++) call(false);
  expect(breaker.state).toBe('open');
  clock.nowMs = 1_000;
  expect(call(true)).toBe('refused');
  // It tried with a call that was never made.
  expect(shadow.state).toBe('half_open');
  expect(shadow.counts.passed.unknown).toBe(1);
  clock.nowMs = 2_000;
  expect(call(true)).toBe('good');
  expect([breaker.state, shadow.state]).toEqual(['closed', 'closed']);
  expect(shadowMoves.map(({ state }) => state)).toEqual(['open', 'half_open', 'closed']);
});

it('hears only the first word about a call, and leaves the answer as it is', () => {
  const { breaker, shadow } = create();
  const real = breaker.enter();
  const entry = shadow.follow(real);
  if (!entry.admitted) throw new Error('refused');
  entry.release();
  entry.fail({ outcome: 'failure', reason: 'too late' });
  expect(shadow.counts.passed).toEqual({ good: 0, failing: 0, unknown: 1 });
  breaker.force({ side: 'open', reason: 'drill', by: 'Anna', sinceMs: 0, untilMs: 60_000 }, 'forced');
  const refusal = breaker.enter();
  expect(shadow.follow(refusal)).toBe(refusal);
});

it('decides as a replay of the same calls does', () => {
  const { clock, breaker, shadow } = create();
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const calls: RecordedCall[] = [];
  for (let index = 0; index < 400; index++) {
    clock.nowMs = index * 100;
    const entry = shadow.follow(breaker.enter());
    const isGood = random() > (index % 100 < 50 ? 0.1 : 0.7);
    const outcome = entry.admitted ? (isGood ? 'success' : 'failure') : 'rejected';
    calls.push({ startMs: clock.nowMs, durationMs: 0, outcome, callee: 1, isRetry: false });
    if (!entry.admitted) continue;
    if (isGood) entry.succeed();
    else entry.fail({ outcome: 'failure', reason: 'a failed answer' });
  }
  const steps = replayCalls(calls, { settings: OTHERS, fromMs: 0 });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { opened, refused, passed } = step.value;
  expect(opened).toBeGreaterThan(1);
  expect({ opened, refused, passed }).toEqual(shadow.counts);
});
