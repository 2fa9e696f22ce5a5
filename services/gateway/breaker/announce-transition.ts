import { emitEvent } from '#services/kit/emit-event.ts';
import { flushTelemetry } from '#services/kit/flush-telemetry.ts';
import type { Transition } from './breaker.ts';
import { toTransitionEvent } from './transition-event.ts';

/**
 * Tells the collector of a transition at once: alerts wait for it. The flush takes the spans of the failing calls along,
 * so that the event's trace ids lead somewhere. One that gets lost is found by whoever polls /api/health/circuits.
 */
export function announceTransition(transition: Transition): void {
  emitEvent(toTransitionEvent(transition));
  void flushTelemetry();
}
