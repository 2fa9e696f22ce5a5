import type { OpenedTrace, Span, Trace, TraceOutline } from '#server/traces/schema.ts';

export interface ShownTrace extends Trace {
  /** Its spans have only what an outline holds; what else a span has is empty. */
  isOutline: boolean;
}

/** What became of that which an outline leaves out: it comes when it is asked for. */
export type Details = 'here' | 'coming' | 'failed';

/** A trace as all its views draw it, however it was sent. */
export function expandTrace({ outline, spans, ...trace }: OpenedTrace): ShownTrace {
  return { ...trace, spans: outline ? expandOutline(outline) : (spans ?? []), isOutline: outline !== null };
}

const ID_DIGITS = 16;
const NO_PARENT = '0'.repeat(ID_DIGITS);
const STATUSES = ['unset', 'ok', 'error'] as const;

function expandOutline(outline: TraceOutline): Span[] {
  const { spanIds, parentIds, services, operations, status } = outline;
  const service = numbers(outline.service);
  const operation = numbers(outline.operation);
  const durationUs = numbers(outline.durationUs);
  const spans = numbers(outline.startUs).map((startUs, index): Span => {
    const parent = parentIds.slice(index * ID_DIGITS, (index + 1) * ID_DIGITS);
    return {
      spanId: spanIds.slice(index * ID_DIGITS, (index + 1) * ID_DIGITS),
      parentSpanId: parent === NO_PARENT ? null : parent,
      service: services[service[index] ?? -1] ?? '',
      instance: '',
      operation: operations[operation[index] ?? -1] ?? '',
      kind: 'unspecified',
      startUs,
      durationUs: durationUs[index] ?? 0,
      status: STATUSES[Number(status[index])] ?? 'unset',
      statusMessage: '',
      attributes: {},
      resource: 0,
      events: [],
      links: [],
    };
  });
  for (const [index, outcome] of outline.outcomes) {
    const span = spans[index];
    if (span) span.attributes = { 'circuit_breaker.outcome': outcome };
  }
  for (const [index, offsetsUs] of outline.events) {
    const span = spans[index];
    if (span) span.events = offsetsUs.map((offsetUs) => ({ offsetUs, name: '', attributes: {} }));
  }
  return spans;
}

function numbers(column: string): number[] {
  return column.split(' ').map(Number);
}
