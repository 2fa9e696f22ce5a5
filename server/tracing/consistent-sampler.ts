import { createTraceState, type SpanKind } from '@opentelemetry/api';
import { SamplingDecision, type Sampler } from '@opentelemetry/sdk-trace-base';

/** Randomness is the last 56 bits of a trace id. */
const RANDOM_BITS = 56n;
const RANDOM_HEX = 14;

/**
 * Samples roots of traces by `ratioOf` their kind, and says in the tracestate with which probability, so that whoever counts
 * spans can tell how many there were (https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/).
 */
export function consistentSampler(ratioOf: (kind: SpanKind) => number): Sampler {
  return {
    shouldSample: (_context, traceId, _name, kind) => {
      const threshold = rejectionThreshold(ratioOf(kind));
      if (BigInt(`0x${traceId.slice(-RANDOM_HEX)}`) < threshold) return { decision: SamplingDecision.NOT_RECORD };
      const digits = threshold.toString(16).padStart(RANDOM_HEX, '0').replace(/0+$/, '') || '0';
      return {
        decision: SamplingDecision.RECORD_AND_SAMPLED,
        traceState: createTraceState(`ot=th:${digits}`),
      };
    },
    toString: () => 'ConsistentSampler',
  };
}

function rejectionThreshold(ratio: number): bigint {
  // Four hex digits tell a probability well enough, and keep the tracestate short.
  return BigInt(Math.round((1 - ratio) * 2 ** 16)) << (RANDOM_BITS - 16n);
}
