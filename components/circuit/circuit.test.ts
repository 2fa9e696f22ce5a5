import { describe, expect, it } from 'vitest';
import type { Circuit, CircuitInstance, CircuitState, CircuitTransition } from '#server/circuits/schema.ts';
import { circuitHref } from './circuit-href.ts';
import { circuitLead } from './circuit-lead.ts';
import { openingTransition } from './opening-transition.ts';
import { stateBands } from './state-bands.ts';
import { worstInstance } from './worst-instance.ts';

const range = { fromMs: 1000, toMs: 2000 };

function instance(name: string, state: CircuitState, sinceMs: number): CircuitInstance {
  return {
    instance: name,
    state,
    sinceMs,
    reason: '',
    failures: 0,
    calls: 0,
    threshold: 5,
    resetTimeoutMs: 1,
    halfOpenSuccessCount: 1,
    nextAttemptMs: null,
    lastSeenMs: 0,
  };
}

function circuit(...instances: CircuitInstance[]): Circuit {
  return {
    name: 'payments',
    reporter: 'gateway',
    state: 'closed',
    sinceMs: 0,
    instances,
    callsPerS: 0,
    failureRatio: null,
    rejectedPerS: 0,
  };
}

function move(
  tMs: number,
  previousState: CircuitState,
  state: CircuitState,
  change: Partial<CircuitTransition> = {},
): CircuitTransition {
  return {
    tMs,
    name: 'payments',
    reporter: 'gateway',
    instance: 'a',
    state,
    previousState,
    reason: '',
    failures: 0,
    calls: 0,
    threshold: 5,
    nextAttemptMs: null,
    traceIds: [],
    source: 'push',
    ...change,
  };
}

const bandsOf = (...args: Parameters<typeof stateBands>) =>
  stateBands(...args).map(({ fromMs, toMs, state }) => [fromMs, toMs, state]);

describe('stateBands', () => {
  it('is one band for a breaker that did not move', () => {
    expect(bandsOf(circuit(instance('a', 'closed', 10)), [], range)).toEqual([[1000, 2000, 'closed']]);
  });

  it('follows the moves in time, in whatever order they came', () => {
    const moves = [move(1600, 'half_open', 'closed'), move(1200, 'closed', 'open'), move(1500, 'open', 'half_open')];
    expect(bandsOf(circuit(instance('a', 'closed', 1600)), moves, range)).toEqual([
      [1000, 1200, 'closed'],
      [1200, 1500, 'open'],
      [1500, 1600, 'half_open'],
      [1600, 2000, 'closed'],
    ]);
  });

  it('keeps an open that lasted a single millisecond', () => {
    const moves = [move(1500, 'closed', 'open'), move(1501, 'open', 'closed')];
    expect(bandsOf(circuit(instance('a', 'closed', 1501)), moves, range)).toContainEqual([1500, 1501, 'open']);
  });

  it('takes the most urgent of its instances, also of one that left', () => {
    const moves = [
      move(1200, 'closed', 'half_open'),
      move(1400, 'closed', 'open', { instance: 'gone' }),
      move(1600, 'open', 'closed', { instance: 'gone' }),
    ];
    expect(bandsOf(circuit(instance('a', 'half_open', 1200)), moves, range)).toEqual([
      [1000, 1200, 'closed'],
      [1200, 1400, 'half_open'],
      [1400, 1600, 'open'],
      [1600, 2000, 'half_open'],
    ]);
  });

  it('does not invent what was not reported', () => {
    expect(bandsOf(circuit(instance('a', 'open', 1700)), [], range)).toEqual([
      [1000, 1700, null],
      [1700, 2000, 'open'],
    ]);
    expect(bandsOf(circuit(), [], range)).toEqual([[1000, 2000, null]]);
  });

  it('leaves the moves of other breakers alone', () => {
    expect(
      bandsOf(
        circuit(instance('a', 'closed', 1)),
        [move(1500, 'closed', 'open', { name: 'orders' }), move(1500, 'closed', 'open', { reporter: 'orders' })],
        range,
      ),
    ).toEqual([[1000, 2000, 'closed']]);
  });
});

describe('openingTransition', () => {
  it('is the first of the present trouble, not the last failed probe', () => {
    const moves = [
      move(5, 'half_open', 'open'),
      move(1, 'closed', 'open', { reason: 'old' }),
      move(2, 'half_open', 'closed'),
      move(4, 'open', 'half_open'),
      move(3, 'closed', 'open', { reason: 'first' }),
    ];
    expect(openingTransition(moves)?.reason).toBe('first');
  });
  it('is none for a breaker that closed', () => {
    expect(openingTransition([move(1, 'closed', 'open'), move(2, 'half_open', 'closed')])).toBeNull();
    expect(openingTransition([])).toBeNull();
  });
});

describe('worstInstance', () => {
  it('is the most urgent, the newest of equals', () => {
    const breaker = circuit(instance('a', 'closed', 9), instance('b', 'open', 1), instance('c', 'open', 2));
    expect(worstInstance(breaker)?.instance).toBe('c');
    expect(worstInstance(circuit())).toBeNull();
  });
});

describe('circuitLead', () => {
  it.each<[CircuitState[], string]>([
    [[], 'No breaker has been reported yet.'],
    [['closed'], 'The one breaker is closed.'],
    [['closed', 'closed'], 'All 2 breakers are closed.'],
    [['open'], '1 breaker: 1 open.'],
    [['closed', 'half_open', 'open', 'closed'], '4 breakers: 1 open, 1 half-open, 2 closed.'],
  ])('%j', (states, text) => expect(circuitLead(states.map((state) => ({ state })))).toBe(text));
});

it('names a breaker in an address', () => {
  expect(circuitHref({ reporter: 'gateway', name: 'a b' })).toBe('/circuits?breaker=gateway~a%20b');
});
