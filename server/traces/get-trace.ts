import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { spanKindName } from '#server/services/span-kind-name.ts';
import { readTraceSpans, type TraceSpan } from '#server/store/queries/trace-spans.ts';
import type { GetTraceInput, Span, Trace } from './schema.ts';

const STATUSES = ['unset', 'ok', 'error'] as const;
const NO_PARENT = '0'.repeat(16);

/** A trace whole, its times counted from the start of its first span. */
export async function getTrace(
  { store }: Pick<Ctx, 'store'>,
  { traceId, spansMax }: z.output<typeof GetTraceInput>,
): Promise<Trace> {
  const rows = await readTraceSpans(store, traceId, spansMax + 1);
  const [first] = rows;
  if (!first)
    throw new AppError(
      'NOT_FOUND',
      `No span of trace ${traceId} is here. It may be a second away, older than traces are kept, or never have been sampled.`,
    );
  const shown = rows.slice(0, spansMax);
  const resources = new Map<string, number>();
  return {
    traceId,
    startMs: Math.floor(first.startUs / 1_000),
    durationUs: Math.max(...shown.map(({ startUs, durationUs }) => startUs + durationUs)) - first.startUs,
    spans: shown.map((row) => toSpan(row, first.startUs, indexOf(resources, row.resourceAttributes))),
    resources: [...resources.keys()].map((text) => JSON.parse(text) as Record<string, string>),
    truncated: rows.length > spansMax,
  };
}

/** The place of a resource among those met so far. */
function indexOf(resources: Map<string, number>, attributes: Record<string, string>): number {
  const text = JSON.stringify(attributes);
  const known = resources.get(text);
  if (known !== undefined) return known;
  resources.set(text, resources.size);
  return resources.size - 1;
}

function toSpan(row: TraceSpan, originUs: number, resource: number): Span {
  return {
    spanId: row.spanId,
    parentSpanId: row.parentSpanId === NO_PARENT ? null : row.parentSpanId,
    service: row.service,
    instance: row.instance,
    operation: row.operation,
    kind: spanKindName(row.kind),
    startUs: row.startUs - originUs,
    durationUs: row.durationUs,
    status: STATUSES[row.status] ?? 'unset',
    statusMessage: row.statusMessage,
    attributes: row.attributes,
    resource,
    events: row.eventUs.map((us, index) => ({
      offsetUs: us - row.startUs,
      name: row.eventNames[index] ?? '',
      attributes: row.eventAttributes[index] ?? {},
    })),
    links: row.linkTraceIds.map((traceId, index) => ({ traceId, spanId: row.linkSpanIds[index] ?? '' })),
  };
}
