/** OpenTelemetry's member of a tracestate, and the rejection threshold in it: hexadecimal digits of a fraction of one. */
const THRESHOLD = /ot=(?:[^,;]*;)*th:([0-9a-f]{1,14})/;
/** Whatever a sender says. */
const ADJUSTED_MAX = 1_000_000;

/**
 * How many spans one stands for that carries this W3C tracestate, itself included: the reciprocal of the probability with which it
 * was sampled, 1 where that is not said
 * (https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/). The store counts the same (001_spans_raw.sql).
 */
export function adjustedCountOf(traceState: string): number {
  // All that a sampler kept which keeps all.
  if (traceState === 'ot=th:0') return 1;
  const [, digits] = THRESHOLD.exec(traceState) ?? [];
  if (digits === undefined) return 1;
  const rejected = Number.parseInt(digits, 16) / 16 ** digits.length;
  return Math.min(ADJUSTED_MAX, 1 / (1 - rejected));
}
