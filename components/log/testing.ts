import type { LogLine } from '#server/logs/schema.ts';

/** Test data: a line. */
export function line(change: Partial<LogLine> = {}): LogLine {
  const tMs = change.tMs ?? 0;
  return {
    id: `${tMs}000000-0000000000000000`,
    tMs,
    service: 'orders',
    instance: 'orders-1',
    severityNumber: 9,
    severityText: 'INFO',
    body: `line ${tMs}`,
    eventName: '',
    traceId: null,
    spanId: null,
    attributes: {},
    ...change,
  };
}
