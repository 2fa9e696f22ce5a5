import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { readTraceExport } from '#server/store/queries/trace-export.ts';
import type { OtlpTrace } from './schema.ts';
import { toOtlpTrace } from './to-otlp-trace.ts';

/** Some hundred megabytes of JSON; a trace beyond it is a fault of its sender. */
const SPANS_MAX = 50_000;

/** A trace as its senders exported it, so that any other tool can take it in. */
export async function exportTrace({ store }: Pick<Ctx, 'store'>, { traceId }: { traceId: string }): Promise<OtlpTrace> {
  const spans = await readTraceExport(store, traceId, SPANS_MAX + 1);
  if (spans.length === 0) throw new AppError('NOT_FOUND', `No span of trace ${traceId} is here.`);
  if (spans.length > SPANS_MAX)
    throw new AppError('TOO_LARGE', `Trace ${traceId} has more than ${SPANS_MAX} spans: it cannot be exported whole.`);
  return toOtlpTrace(traceId, spans);
}
