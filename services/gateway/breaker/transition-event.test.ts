import { expect, it } from 'vitest';
import type { Transition } from './breaker.ts';
import { toTransitionEvent } from './transition-event.ts';

const TRANSITION: Transition = {
  name: 'payments',
  state: 'half_open',
  previousState: 'open',
  atMs: 5,
  reason: 'open for 0.3 s: trying 2 calls',
  failures: 5,
  calls: 0,
  nextAttemptMs: null,
  traceIds: ['0af7651916cd43dd8448eb211c80319c'],
  settings: { failureThreshold: 5, resetTimeoutMs: 300, halfOpenSuccessCount: 2 },
  forced: null,
};

it('carries the names that the collector reads', () => {
  expect(toTransitionEvent(TRANSITION)).toEqual({
    name: 'switchyard.circuit.transition',
    body: 'circuit payments: open -> half_open (open for 0.3 s: trying 2 calls)',
    severity: 'info',
    attributes: {
      'circuit_breaker.name': 'payments',
      'circuit_breaker.state': 'half_open',
      'circuit_breaker.previous_state': 'open',
      'circuit_breaker.reason': 'open for 0.3 s: trying 2 calls',
      'circuit_breaker.failures': 5,
      'circuit_breaker.calls': 0,
      'circuit_breaker.threshold': 5,
      'circuit_breaker.reset_timeout_ms': 300,
      'circuit_breaker.half_open_success_count': 2,
      'circuit_breaker.next_attempt_unix_ms': 0,
      'circuit_breaker.trace_ids': ['0af7651916cd43dd8448eb211c80319c'],
    },
  });
});

it.each([
  ['open', 'warn'],
  ['forced_open', 'warn'],
  ['closed', 'info'],
  ['forced_closed', 'info'],
] as const)('of %s is at level %s', (state, severity) => {
  expect(toTransitionEvent({ ...TRANSITION, state }).severity).toBe(severity);
});

it('says of a forced one who forced it, and until when', () => {
  const forced = { side: 'open', reason: 'maintenance', by: 'Anna', sinceMs: 5, untilMs: 905 } as const;
  const { severity, attributes } = toTransitionEvent({ ...TRANSITION, state: 'forced_open', forced });
  expect(severity).toBe('warn');
  expect(attributes).toMatchObject({
    'circuit_breaker.state': 'forced_open',
    'circuit_breaker.forced_by': 'Anna',
    'circuit_breaker.forced_until_unix_ms': 905,
  });
});
