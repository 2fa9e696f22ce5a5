import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readTraceColumns } from '#server/store/queries/trace-outline.ts';
import { getTrace } from './get-trace.ts';
import { TRACE_SPANS_MAX, type OpenedTrace, type OpenTraceInput, type TraceOutline } from './schema.ts';

/** Up to so many a trace is sent whole, which is nearly every one: its spans then need no second question. */
const WHOLE_SPANS_MAX = 1_000;

/** A trace for its page: whole when it is small, all of a large one in outline. */
export async function openTrace(
  ctx: Pick<Ctx, 'store'>,
  { traceId }: z.output<typeof OpenTraceInput>,
): Promise<OpenedTrace> {
  const whole = await getTrace(ctx, { traceId, spansMax: WHOLE_SPANS_MAX });
  if (!whole.truncated) return { ...whole, outline: null };
  const row = await readTraceColumns(ctx.store, traceId, TRACE_SPANS_MAX);
  // Only what deletes traces could have come between.
  if (!row || row.count === 0) return { ...whole, outline: null };
  const { count, total, originUs, endUs, service, operation, ...columns } = row;
  const services = [...new Set(service)];
  const operations = [...new Set(operation)];
  const outline: TraceOutline = {
    ...columns,
    services,
    operations,
    service: placesIn(services, service),
    operation: placesIn(operations, operation),
  };
  return {
    traceId,
    startMs: Math.floor(originUs / 1_000),
    durationUs: endUs - originUs,
    spans: null,
    resources: [],
    truncated: total > count,
    outline,
  };
}

function placesIn(values: readonly string[], column: readonly string[]): string {
  const places = new Map(values.map((value, place) => [value, place]));
  return column.map((value) => places.get(value)).join(' ');
}
