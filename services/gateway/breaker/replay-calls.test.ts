import { describe, expect, it } from 'vitest';
import { Breaker, type Permit, type Refusal } from './breaker.ts';
import {
  replayCalls,
  type RecordedCall,
  type RecordedOutcome,
  type Replay,
  type ReplayOptions,
} from './replay-calls.ts';

const SETTINGS = { failureThreshold: 3, resetTimeoutMs: 5_000, halfOpenSuccessCount: 2 };
const OUTCOMES: Record<string, RecordedOutcome> = {
  '.': 'success',
  x: 'failure',
  t: 'timeout',
  r: 'rejected',
  '-': 'left',
};

/** One call a second, each of 100 ms. */
function record(text: string, change: Partial<RecordedCall> = {}): RecordedCall[] {
  return [...text].map((letter, second) => ({
    startMs: second * 1000,
    durationMs: 100,
    outcome: OUTCOMES[letter]!,
    callee: 1,
    isRetry: false,
    ...change,
  }));
}

function replay(calls: readonly RecordedCall[], options: Partial<ReplayOptions> = {}): Replay {
  const steps = replayCalls(calls, { settings: SETTINGS, fromMs: 0, ...options });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

it('counts what would have been refused by how it really went', () => {
  const { opened, refused, passed, transitions } = replay(record('.xxx.x.xr....'));
  expect(opened).toBe(1);
  expect(refused).toEqual({ good: 2, failing: 2, unknown: 1 });
  expect(passed).toEqual({ good: 5, failing: 3, unknown: 0 });
  expect(transitions.map(({ tMs, state }) => [tMs, state])).toEqual([
    [3_100, 'open'],
    [9_000, 'half_open'],
    [10_100, 'closed'],
  ]);
});

it('a higher threshold opens not at all, and lets the failing ones pass', () => {
  expect(replay(record('.xxx.x.xr....'), { settings: { ...SETTINGS, failureThreshold: 4 } })).toMatchObject({
    opened: 0,
    refused: { good: 0, failing: 0, unknown: 0 },
    passed: { good: 7, failing: 5, unknown: 1 },
  });
});

it('a call that was refused, or whose client left, proves nothing either way', () => {
  expect(replay(record('xxr-r-rx')).opened).toBe(1);
  expect(replay(record('xx.')).opened).toBe(0);
  expect(replay(record('xxx.....rrrr')).transitions.at(-1)).toMatchObject({ state: 'half_open' });
  expect(replay(record('xxx.....rr..')).transitions.at(-1)).toMatchObject({ state: 'closed' });
});

it('ends calls that outlast a shorter timeout, and says how many of them were good', () => {
  const slow = record('......', { durationMs: 900 });
  expect(replay(slow)).toMatchObject({ opened: 0, cut: 0 });
  expect(replay(slow, { cutAfterMs: 500 })).toMatchObject({
    opened: 1,
    cut: 3,
    passed: { good: 0, failing: 3, unknown: 0 },
    refused: { good: 3 },
  });
});

it('leaves retries out, and says which of them had healed a request', () => {
  const calls = record('x.x.x.').map((call, index) => ({ ...call, isRetry: index % 2 === 1 }));
  expect(replay(calls)).toMatchObject({ opened: 0 });
  expect(replay(calls, { withoutRetries: true })).toMatchObject({ opened: 1, retries: { leftOut: 3, healing: 3 } });
});

it('one bad instance opens nothing while the other answers', () => {
  const calls = record('.x.x.x.x.x').map((call, index) => ({ ...call, callee: index % 2 }));
  expect(replay(calls.filter(({ outcome }) => outcome === 'failure')).opened).toBe(1);
  expect(replay(calls).opened).toBe(0);
  const both = record('..xxxxxxxx').map((call, index) => ({ ...call, callee: index % 2 }));
  expect(replay(both).opened).toBe(1);
});

it('a connection that was not taken is no second call', () => {
  const calls = [
    ...record('.', { callee: 2 }),
    { startMs: 500, durationMs: 1, outcome: 'unsent' as const, callee: 1, isRetry: false },
    ...record('.', { startMs: 501, callee: 2, isRetry: true }),
  ];
  expect(replay(calls)).toMatchObject({ passed: { good: 2, failing: 0, unknown: 0 } });
});

describe('the same as the breaker that runs', () => {
  it.each([1, 2, 3])('over 20,000 overlapping calls of seed %i', (seed) => {
    const random = randomOf(seed);
    const calls: RecordedCall[] = [];
    let startMs = 0;
    for (let index = 0; index < 20_000; index++) {
      startMs += Math.floor(random() * 40);
      const isBad = Math.floor(startMs / 20_000) % 3 === 1;
      const outcome = random() < (isBad ? 0.8 : 0.02) ? 'failure' : random() < 0.02 ? 'left' : 'success';
      calls.push({ startMs, durationMs: 1 + Math.floor(random() * 300), outcome, callee: 1, isRetry: false });
    }
    const settings = { ...SETTINGS, windowMs: 4_000, failurePercent: 40, failureThreshold: 8 };
    const real = runBreaker(calls, settings);
    const replayed = replay(calls, { settings });
    expect(replayed.transitions.map(({ tMs, state }) => `${tMs} ${state}`)).toEqual(real.transitions);
    expect(replayed.refused.good + replayed.refused.failing + replayed.refused.unknown).toBe(real.refused);
    expect(real.transitions.length).toBeGreaterThan(10);
  });
});

/** Sends the calls through a Breaker, by a clock of our own. */
function runBreaker(calls: readonly RecordedCall[], settings: typeof SETTINGS) {
  const clock = { nowMs: 0 };
  const transitions: string[] = [];
  let refused = 0;
  const breaker = new Breaker({
    name: 'payments',
    settings,
    now: () => clock.nowMs,
    onTransition: ({ atMs, state }) => transitions.push(`${atMs} ${state}`),
  });
  const ends = calls.map((call, index) => ({ atMs: call.startMs + call.durationMs, index, isEnd: 0 }));
  const starts = calls.map((call, index) => ({ atMs: call.startMs, index, isEnd: 1 }));
  const entries: (Permit | Refusal)[] = [];
  for (const { atMs, index, isEnd } of [...ends, ...starts].toSorted((a, b) => a.atMs - b.atMs || a.isEnd - b.isEnd)) {
    clock.nowMs = atMs;
    if (isEnd === 1) {
      entries[index] = breaker.enter();
      if (!entries[index].admitted) refused += 1;
      continue;
    }
    const entry = entries[index]!;
    if (!entry.admitted) continue;
    const { outcome } = calls[index]!;
    if (outcome === 'success') entry.succeed();
    else if (outcome === 'left') entry.release();
    else entry.fail({ outcome: 'failure', reason: 'HTTP 500' });
  }
  return { transitions, refused };
}

/** Numbers between 0 and 1, the same for a seed wherever it runs. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
