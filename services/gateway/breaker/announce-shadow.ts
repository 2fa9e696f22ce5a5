import { emitEvent, type ServiceEvent } from '#services/kit/emit-event.ts';
import type { Transition } from './breaker.ts';
import { toTransitionEvent } from './transition-event.ts';

/** A shadow's transition as an event, under a name of its own: whoever listens for breakers that moved must not take it for one. */
export function toShadowEvent(transition: Transition): ServiceEvent {
  const event = toTransitionEvent(transition);
  return {
    ...event,
    name: 'switchyard.circuit.shadow_transition',
    body: `shadow of ${event.body}`,
    severity: 'info',
    attributes: { ...event.attributes, 'circuit_breaker.shadow': true },
  };
}

/** Tells of it with the next batch: nobody is woken by it. */
export function announceShadow(transition: Transition): void {
  emitEvent(toShadowEvent(transition));
}
