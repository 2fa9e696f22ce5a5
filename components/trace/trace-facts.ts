import type { Trace } from '#server/traces/schema.ts';
import type { SpanRow } from './order-spans.ts';

export interface TraceFacts {
  root: SpanRow | undefined;
  errors: number;
  /** Services by the number of their spans. */
  services: { service: string; spans: number; errors: number }[];
}

/** What the head of a trace says. */
export function traceFacts(trace: Pick<Trace, 'spans'>, rows: readonly SpanRow[]): TraceFacts {
  const services = new Map<string, { service: string; spans: number; errors: number }>();
  for (const { service, status } of trace.spans) {
    const entry = services.get(service) ?? { service, spans: 0, errors: 0 };
    entry.spans += 1;
    if (status === 'error') entry.errors += 1;
    services.set(service, entry);
  }
  return {
    root: rows.find(({ parent, orphan }) => parent === -1 && !orphan) ?? rows[0],
    errors: trace.spans.filter(({ status }) => status === 'error').length,
    services: [...services.values()].toSorted((a, b) => b.spans - a.spans),
  };
}
