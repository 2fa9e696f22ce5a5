import type { ServiceEvent } from '#services/kit/emit-event.ts';
import type { Transition } from './breaker.ts';

/** A transition as the event by which the console learns of it. */
export function toTransitionEvent(transition: Transition): ServiceEvent {
  const { name, state, previousState, reason, settings, forced } = transition;
  return {
    name: 'switchyard.circuit.transition',
    body: `circuit ${name}: ${previousState} -> ${state} (${reason})`,
    severity: state === 'open' || state === 'forced_open' ? 'warn' : 'info',
    attributes: {
      'circuit_breaker.name': name,
      'circuit_breaker.state': state,
      'circuit_breaker.previous_state': previousState,
      'circuit_breaker.reason': reason,
      'circuit_breaker.failures': transition.failures,
      'circuit_breaker.calls': transition.calls,
      'circuit_breaker.threshold': settings.failureThreshold,
      'circuit_breaker.reset_timeout_ms': settings.resetTimeoutMs,
      'circuit_breaker.half_open_success_count': settings.halfOpenSuccessCount,
      'circuit_breaker.next_attempt_unix_ms': transition.nextAttemptMs ?? 0,
      'circuit_breaker.trace_ids': [...transition.traceIds],
      ...(forced && {
        'circuit_breaker.forced_by': forced.by,
        'circuit_breaker.forced_until_unix_ms': forced.untilMs,
      }),
    },
  };
}
