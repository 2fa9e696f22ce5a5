import { describe, expect, it } from 'vitest';
import { parseCircuitsAnswer } from './circuits-answer.ts';
import { circuitKey, reconcile, type KnownCircuit, type PolledCircuit } from './reconcile.ts';

const NOW_MS = 1_790_000_000_000;
const CIRCUIT: PolledCircuit = {
  name: 'payments',
  service: 'gateway',
  instance: 'gateway-1',
  state: 'open',
  sinceMs: NOW_MS - 10_000,
  reason: '',
  failures: 5,
  calls: 8,
  threshold: 5,
  resetTimeoutMs: 30_000,
  halfOpenSuccessCount: 2,
  nextAttemptMs: NOW_MS + 20_000,
};

const known = (state?: KnownCircuit['state'], atMs = NOW_MS - 60_000) =>
  new Map(state ? [[circuitKey(CIRCUIT), { state, atMs }]] : []);

describe('reconcile', () => {
  it.each([
    ['nothing changed', known('open'), {}, []],
    ['a transition was missed', known('closed'), {}, [['closed', 'open', 'found by polling']]],
    ['the owner says why', known('closed'), { reason: 'forced by ops' }, [['closed', 'open', 'forced by ops']]],
    ['its push may still be on the way', known('closed'), { sinceMs: NOW_MS - 500 }, []],
    ['the answer is older than what was pushed', known('closed', NOW_MS - 5_000), {}, []],
    [
      'the owner does not say since when',
      known('closed'),
      { sinceMs: undefined },
      [['closed', 'open', 'found by polling']],
    ],
    ['it is seen for the first time, closed', known(), { state: 'closed' }, [['closed', 'closed', 'first seen']]],
    ['it is new and closed', known(), { state: 'closed', sinceMs: NOW_MS }, [['closed', 'closed', 'first seen']]],
    ['it is seen for the first time, open', known(), {}, [['closed', 'open', 'first seen']]],
    ['it is new and open, and its push on the way', known(), { sinceMs: NOW_MS }, []],
    ['it was forced', known('open'), { state: 'forced_open' }, [['open', 'forced_open', 'found by polling']]],
  ] as const)('%s', (_, before, change, expected) => {
    const rows = reconcile(before, [{ ...CIRCUIT, ...change }], NOW_MS);
    expect(rows.map(({ previousState, state, reason }) => [previousState, state, reason])).toEqual(expected);
    for (const row of rows)
      expect(row).toMatchObject({ timestampMs: NOW_MS, source: 'poll', traceIds: [], failures: 5 });
  });

  it('tells instances of one breaker apart', () => {
    const other = { ...CIRCUIT, instance: 'gateway-2' };
    expect(reconcile(known('open'), [CIRCUIT, other], NOW_MS)).toMatchObject([{ instance: 'gateway-2' }]);
  });
});

describe('parseCircuitsAnswer', () => {
  const target = { job: 'edge', instance: '127.0.0.1:4000' };
  const circuit = {
    service: 'payments',
    state: 'open',
    since: '2026-09-21T10:00:00.000Z',
    failures: 5,
    threshold: 5,
    resetTimeoutMs: 30_000,
    halfOpenSuccessCount: 2,
    nextAttemptAt: 1_790_000_000_000,
    forced: false,
  };

  it('reads the answer of the fleet', () => {
    const text = JSON.stringify({ service: 'gateway', instance: 'gateway-1', circuits: [circuit] });
    expect(parseCircuitsAnswer(text, target)).toEqual([
      {
        name: 'payments',
        service: 'gateway',
        instance: 'gateway-1',
        state: 'open',
        sinceMs: Date.parse(circuit.since),
        reason: '',
        failures: 5,
        calls: 0,
        threshold: 5,
        resetTimeoutMs: 30_000,
        halfOpenSuccessCount: 2,
        nextAttemptMs: 1_790_000_000_000,
      },
    ]);
  });

  it.each([
    [{ forced: true }, { state: 'forced_open' }],
    [{ forced: true, state: 'closed' }, { state: 'forced_closed' }],
    [{ forced: true, state: 'forced_closed' }, { state: 'forced_closed' }],
    [{ state: 'HALF-OPEN' }, { state: 'half_open' }],
    [
      { since: null, nextAttemptAt: null },
      { sinceMs: undefined, nextAttemptMs: 0 },
    ],
    [
      { reporter: 'mesh', instance: 'mesh-7' },
      { service: 'mesh', instance: 'mesh-7' },
    ],
  ])('takes %j as %j', (given, expected) => {
    const text = JSON.stringify({ service: 'gateway', circuits: [{ ...circuit, ...given }] });
    expect(parseCircuitsAnswer(text, target)[0]).toMatchObject(expected);
  });

  it('falls back on the names of the target, and needs no more than a name and a state', () => {
    const [read] = parseCircuitsAnswer('{"circuits":[{"service":"payments","state":"open"}]}', target);
    expect(read).toMatchObject({ service: 'edge', instance: '127.0.0.1:4000', state: 'open', failures: 0 });
  });

  it.each([
    ['<html>', 'not valid JSON'],
    ['{}', 'circuits'],
    [JSON.stringify({ circuits: [{ ...circuit, state: 'ajar' }] }), 'circuits.0.state'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseCircuitsAnswer(text, target)).toThrow(reason);
  });
});
