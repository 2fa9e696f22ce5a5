import { CircuitState } from '#server/circuits/schema.ts';
import type { LogEvent } from './log-event.ts';
import type { RowSink } from './row-sink.ts';

export const CIRCUIT_EVENT = 'switchyard.circuit.transition';

/** A row of circuit_transitions. */
export interface TransitionRow {
  timestampMs: number;
  /** What the breaker guards. */
  name: string;
  /** Who owns the breaker. */
  service: string;
  instance: string;
  state: CircuitState;
  previousState: CircuitState;
  reason: string;
  failures: number;
  calls: number;
  threshold: number;
  resetTimeoutMs: number;
  halfOpenSuccessCount: number;
  /** 0 when the breaker waits for nothing. */
  nextAttemptMs: number;
  /** Hex. */
  traceIds: string[];
  source: 'push' | 'poll';
}

/** The transition that an event tells, or why it is none. */
export function readTransition({ attributes, service, instance, timestampMs }: LogEvent): TransitionRow | string {
  const name = attributes['circuit_breaker.name'];
  if (!name) return `${CIRCUIT_EVENT} without circuit_breaker.name`;
  const state = CircuitState.safeParse(attributes['circuit_breaker.state']);
  if (!state.success)
    return `${CIRCUIT_EVENT} with circuit_breaker.state other than ${CircuitState.options.join(', ')}`;
  const count = (key: string) => toCount(attributes[`circuit_breaker.${key}`]);
  return {
    timestampMs,
    name,
    service,
    instance,
    state: state.data,
    previousState: CircuitState.catch('closed').parse(attributes['circuit_breaker.previous_state']),
    reason: attributes['circuit_breaker.reason'] ?? '',
    failures: count('failures'),
    calls: count('calls'),
    threshold: count('threshold'),
    resetTimeoutMs: count('reset_timeout_ms'),
    halfOpenSuccessCount: count('half_open_success_count'),
    nextAttemptMs: count('next_attempt_unix_ms'),
    traceIds: (attributes['circuit_breaker.trace_ids'] ?? '').match(/\b[0-9a-f]{32}\b/gi) ?? [],
    source: 'push',
  };
}

/** In the order of TABLE_COLUMNS.circuit_transitions. */
export function writeTransition(rows: RowSink, transition: TransitionRow): void {
  rows.i64(transition.timestampMs);
  rows.text(transition.name);
  rows.text(transition.service);
  rows.text(transition.instance);
  rows.text(transition.state);
  rows.text(transition.previousState);
  rows.text(transition.reason);
  rows.u32(toUInt32(transition.failures));
  rows.u32(toUInt32(transition.calls));
  rows.u32(toUInt32(transition.threshold));
  rows.u32(toUInt32(transition.resetTimeoutMs));
  rows.u32(toUInt32(transition.halfOpenSuccessCount));
  rows.i64(transition.nextAttemptMs);
  rows.varuint(transition.traceIds.length);
  for (const traceId of transition.traceIds) {
    const bytes = Buffer.from(traceId, 'hex');
    rows.raw(bytes, 0, bytes.length);
  }
  rows.text(transition.source);
  rows.endRow();
}

/** A whole number, or 0 for anything that is none. */
function toCount(text: string | undefined): number {
  const value = Math.trunc(Number(text ?? 0));
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function toUInt32(value: number): number {
  return Math.min(0xffff_ffff, Math.max(0, Math.trunc(value)));
}
