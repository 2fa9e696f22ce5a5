import { createTraceState, type SpanKind, type TraceState } from '@opentelemetry/api';
import { SamplingDecision, type Sampler, type SamplingResult } from '@opentelemetry/sdk-trace-base';

/** Randomness is the last 56 bits of a trace id; its first 16 tell probabilities well enough, and keep the tracestate short. */
const RANDOM_HEX = 14;
const COMPARED_HEX = 4;
const COMPARED_MAX = 16 ** COMPARED_HEX;

const REJECTED: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/**
 * Samples roots of traces by `ratioOf` their kind, and says in the tracestate with which probability, so that whoever counts
 * spans can tell how many there were (https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/).
 */
export function consistentSampler(ratioOf: (kind: SpanKind) => number): Sampler {
  const states = new Map<number, TraceState>();
  const stateOf = (threshold: number) => {
    const state = states.get(threshold) ?? createTraceState(`ot=th:${digitsOf(threshold)}`);
    if (!states.has(threshold)) states.set(threshold, state);
    return state;
  };
  return {
    shouldSample: (_context, traceId, _name, kind) => {
      const threshold = Math.round((1 - ratioOf(kind)) * COMPARED_MAX);
      const start = traceId.length - RANDOM_HEX;
      if (Number.parseInt(traceId.slice(start, start + COMPARED_HEX), 16) < threshold) return REJECTED;
      return { decision: SamplingDecision.RECORD_AND_SAMPLED, traceState: stateOf(threshold) };
    },
    toString: () => 'ConsistentSampler',
  };
}

/** Zeros at its end are left out. */
function digitsOf(threshold: number): string {
  return threshold.toString(16).padStart(COMPARED_HEX, '0').replace(/0+$/, '') || '0';
}
