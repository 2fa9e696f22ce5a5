import type { Span } from '#server/traces/schema.ts';

/** A span for tests: its name is also its id. */
export function span(
  name: string,
  parent: string | null,
  startUs: number,
  durationUs: number,
  over: Partial<Span> = {},
): Span {
  return {
    spanId: name,
    parentSpanId: parent,
    service: 'orders',
    instance: 'orders-1',
    operation: name,
    kind: 'server',
    startUs,
    durationUs,
    status: 'unset',
    statusMessage: '',
    attributes: {},
    resource: 0,
    events: [],
    links: [],
    ...over,
  };
}
