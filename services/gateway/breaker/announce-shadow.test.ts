import { expect, it } from 'vitest';
import { toShadowEvent } from './announce-shadow.ts';

it('is an event of another name than a real one, and wakes nobody', () => {
  const event = toShadowEvent({
    name: 'payments',
    state: 'open',
    previousState: 'closed',
    atMs: 5,
    reason: '2 failures in a row, the last: HTTP 500',
    failures: 2,
    calls: 2,
    nextAttemptMs: 305,
    traceIds: [],
    settings: { failureThreshold: 2, resetTimeoutMs: 300, halfOpenSuccessCount: 2 },
    forced: null,
  });
  expect(event).toMatchObject({
    name: 'switchyard.circuit.shadow_transition',
    body: 'shadow of circuit payments: closed -> open (2 failures in a row, the last: HTTP 500)',
    severity: 'info',
    attributes: { 'circuit_breaker.shadow': true, 'circuit_breaker.state': 'open', 'circuit_breaker.threshold': 2 },
  });
});
