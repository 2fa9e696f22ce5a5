import { describe, expect, it } from 'vitest';
import type { CircuitReplay, ReplayedCircuit } from '#server/circuits/replay/schema.ts';
import { describeFidelity, describeLimits, describeOutcome } from './describe-replay.ts';
import { sumShadow } from './sum-shadow.ts';
import { draftOf, readChoice, readDraft, shadowable, writeChoice } from './tune-draft.ts';

const SETTINGS = {
  failureThreshold: 5,
  resetTimeoutMs: 30_000,
  halfOpenSuccessCount: 2,
  windowMs: 0,
  failurePercent: 50,
  answerTimeoutMs: 5_000,
  retriesMax: null,
};

const replayed = (change: Partial<ReplayedCircuit> = {}): ReplayedCircuit => ({
  settings: SETTINGS,
  opened: 0,
  refused: { good: 0, failing: 0, unknown: 0 },
  passed: { good: 10, failing: 0, unknown: 0 },
  cut: 0,
  retries: { leftOut: 0, healing: 0 },
  transitions: [],
  ...change,
});

const replay = (change: Partial<CircuitReplay> = {}): CircuitReplay => ({
  range: { fromMs: 0, toMs: 3_600_000 },
  calls: 12_345,
  isCut: false,
  sampled: 0,
  instances: 1,
  timedOut: 0,
  real: { opened: 0, refused: 0, forced: 0 },
  inForce: replayed(),
  candidate: replayed(),
  ...change,
});

describe('describeOutcome', () => {
  it.each([
    [
      { opened: 3, refused: { good: 1_240, failing: 18_400, unknown: 2 } },
      'would have opened 3 times, refused 1 240 good calls, saved 18 400 failing ones',
    ],
    [
      { opened: 1, refused: { good: 1, failing: 1, unknown: 0 }, cut: 1 },
      'would have opened once, refused 1 good call, saved 1 failing one, ended 1 good call that took too long',
    ],
    [
      { retries: { leftOut: 3, healing: 2 } },
      'would have opened not at all, refused 0 good calls, saved 0 failing ones, left out 3 retries, 2 of which healed a request',
    ],
  ] as [Partial<ReplayedCircuit>, string][])('%j', (change, words) =>
    expect(describeOutcome(replayed(change)).replaceAll('\u202f', ' ')).toBe(words),
  );
});

it('says how near the replay comes to what happened', () => {
  expect(describeFidelity(replay())).not.toContain('Trust');
  expect(describeFidelity(replay({ real: { opened: 2, refused: 9, forced: 0 } }))).toContain(
    'it really opened 2 times. Trust the difference',
  );
});

const lines = (change: Partial<CircuitReplay> = {}) =>
  describeLimits(replay(change)).join('\n').replaceAll('\u202f', ' ');

describe('describeLimits', () => {
  it('tells the rows that were read, and that all are there', () => {
    expect(lines()).toContain('12 345 rows read: the calls of 1 h through 1 instance');
    expect(lines()).toContain('None of them is marked as sampled');
    expect(lines({ isCut: true })).toContain('There were more; these are the newest.');
    expect(lines({ sampled: 7 })).toContain('7 calls belong to traces of which only a share was kept');
  });
  it('names the calls of which nobody knows the end', () => {
    const candidate = replayed({
      refused: { good: 0, failing: 0, unknown: 4 },
      passed: { good: 1, failing: 0, unknown: 2 },
    });
    expect(lines()).not.toContain('nobody knows');
    expect(lines({ candidate })).toContain('How 6 calls would have ended nobody knows');
  });
  it('warns of a longer timeout only where calls ran into the old one', () => {
    const candidate = replayed({ settings: { ...SETTINGS, answerTimeoutMs: 9_000 } });
    expect(lines({ candidate })).not.toContain('with a longer one');
    expect(lines({ candidate, timedOut: 3 })).toContain('3 calls ran into the timeout of their time');
    expect(lines({ timedOut: 3 })).not.toContain('with a longer one');
  });
  it('knows nothing of retries that were not made', () => {
    const inForce = replayed({ settings: { ...SETTINGS, retriesMax: 0 } });
    const candidate = replayed({ settings: { ...SETTINGS, retriesMax: 1 } });
    expect(lines({ inForce, candidate })).toContain('Retries that were not made have no outcome');
    expect(lines({ inForce: candidate, candidate: inForce })).not.toContain('Retries that were not made');
  });
  it('says that forces are not replayed', () =>
    expect(lines({ real: { opened: 0, refused: 0, forced: 1 } })).toContain('as if nobody had'));
});

describe('the fields', () => {
  it('show what is in force, in seconds, and give back what differs', () => {
    const draft = draftOf({ windowMs: 10_000 }, SETTINGS);
    expect(draft).toMatchObject({ resetTimeoutMs: '30', windowMs: '10', answerTimeoutMs: '5', retriesMax: '' });
    expect(readDraft(draft, SETTINGS)).toEqual({ windowMs: 10_000 });
    expect(readDraft({ ...draft, windowMs: '0', failureThreshold: '3', resetTimeoutMs: '' }, SETTINGS)).toEqual({
      failureThreshold: 3,
    });
  });
  it('stay within their bounds', () =>
    expect(readDraft({ ...draftOf({}, SETTINGS), failureThreshold: '-4', failurePercent: '900' }, SETTINGS)).toEqual({
      failureThreshold: 1,
      failurePercent: 100,
    }));
});

describe('the choice in the address', () => {
  it('comes back as it was written', () => {
    const chosen = { answerTimeoutMs: 800, retriesMax: 0, failureThreshold: 3 };
    expect(readChoice(writeChoice(chosen))).toEqual(chosen);
    expect([writeChoice({}), readChoice(null)]).toEqual([null, {}]);
  });
  it.each([
    ['colour.3', {}],
    ['failureThreshold.x,windowMs', {}],
    ['failureThreshold.99999,resetTimeoutMs.1', { failureThreshold: 1_000, resetTimeoutMs: 100 }],
  ])('%s is read as far as it can be', (text, chosen) => expect(readChoice(text)).toEqual(chosen));
});

const counts = (opened: number) => ({
  opened,
  refused: { good: 1, failing: 2, unknown: 3 },
  passed: { good: 10, failing: 0, unknown: 1 },
});

it('sums what a shadow decided on every gateway, beside how often the breaker really opened', () => {
  const move = { name: 'payments', reporter: 'gateway', reason: '', failures: 0, calls: 0, threshold: 5 };
  const really = (['open', 'half_open', 'open'] as const).map((state, index) => ({
    ...move,
    tMs: index,
    instance: 'gateway-1',
    state,
    previousState: index === 0 ? ('closed' as const) : ('half_open' as const),
    nextAttemptMs: null,
    traceIds: [],
    source: 'push' as const,
  }));
  const instances = [1, 2].map((index) => ({ instance: `g${index}`, state: 'open' as const, ...counts(index) }));
  expect(sumShadow({ instances, really })).toEqual({
    opened: 3,
    refused: { good: 2, failing: 4, unknown: 6 },
    passed: { good: 20, failing: 0, unknown: 2 },
    reallyOpened: 1,
  });
});

it('lets a shadow try only what decides, and not what acts on calls', () =>
  expect(shadowable({ failureThreshold: 3, windowMs: 0, answerTimeoutMs: 800, retriesMax: 0 })).toEqual({
    failureThreshold: 3,
    windowMs: 0,
  }));
