import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { spanKindName } from '#server/services/span-kind-name.ts';
import { readTraceBounds } from '#server/store/queries/trace-bounds.ts';
import { readTraceSpans, type TraceSpan } from '#server/store/queries/trace-spans.ts';
import type { Span, Trace } from './schema.ts';

/** More than a browser can lay out; the earliest are sent. */
const SPANS_MAX = 10_000;
const STATUSES = ['unset', 'ok', 'error'] as const;
const NO_PARENT = '0'.repeat(16);

/** A trace whole, its times counted from the start of its first span. */
export async function getTrace({ store }: Pick<Ctx, 'store'>, { traceId }: { traceId: string }): Promise<Trace> {
  const bounds = await readTraceBounds(store, [traceId]);
  const rows = bounds ? await readTraceSpans(store, traceId, bounds, SPANS_MAX + 1) : [];
  const [first] = rows;
  if (!first)
    throw new AppError(
      'NOT_FOUND',
      `No span of trace ${traceId} is here. It may be a second away, older than traces are kept, or never have been sampled.`,
    );
  const shown = rows.slice(0, SPANS_MAX);
  return {
    traceId,
    startMs: Math.floor(first.startUs / 1_000),
    durationUs: Math.max(...shown.map(({ startUs, durationUs }) => startUs + durationUs)) - first.startUs,
    spans: shown.map((row) => toSpan(row, first.startUs)),
    truncated: rows.length > SPANS_MAX,
  };
}

function toSpan(row: TraceSpan, originUs: number): Span {
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
    resourceAttributes: row.resourceAttributes,
    events: row.eventUs.map((us, index) => ({
      offsetUs: us - originUs,
      name: row.eventNames[index] ?? '',
      attributes: row.eventAttributes[index] ?? {},
    })),
    links: row.linkTraceIds.map((traceId, index) => ({ traceId, spanId: row.linkSpanIds[index] ?? '' })),
  };
}
