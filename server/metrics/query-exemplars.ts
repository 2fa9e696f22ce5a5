import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { unwrapParens, type Expr } from '#server/promql/ast.ts';
import { parseExpr } from '#server/promql/parse/parse.ts';
import { selectorsOf } from '#server/promql/parse/selectors-of.ts';
import { PromqlError } from '#server/promql/promql-error.ts';
import { readExemplars } from '#server/promql/read/read-exemplars.ts';
import type { ExemplarsData, QueryExemplarsInput } from './schema.ts';

/** More points than this are a cloud. */
const EXEMPLARS_MAX = 150;
/** The range is cut into so many stretches, and each has a few. */
const STRETCHES = 50;
const PER_STRETCH = 3;
/** As OpenTelemetry, Prometheus's clients and Grafana's call the label. */
const TRACE_LABELS = ['trace_id', 'traceID', 'traceId'];

/** The exemplars behind an expression that lead to a trace, the slowest of each stretch; of a wrong expression none. */
export async function queryExemplars(
  { store }: Pick<Ctx, 'store'>,
  { expr: text, range }: z.output<typeof QueryExemplarsInput>,
  signal: AbortSignal = new AbortController().signal,
): Promise<ExemplarsData> {
  try {
    const expr = parseExpr(text);
    const found = await readExemplars(store, {
      matcherSets: selectorsOf(expr).map(({ matchers }) => matchers),
      startMs: range.fromMs,
      endMs: range.toMs,
      limit: EXEMPLARS_MAX,
      spread: { stepMs: Math.max(1, Math.ceil((range.toMs - range.fromMs) / STRETCHES)), count: PER_STRETCH },
      signal,
    });
    const exemplars = found.slice(0, EXEMPLARS_MAX).flatMap(({ series, labels, value, timestampMs }) => {
      const traceId = TRACE_LABELS.map((name) => labels[name]).find(Boolean);
      return traceId ? [{ tMs: timestampMs, value, traceId, labels: series.toJSON() }] : [];
    });
    return { isOnScale: answersDurations(expr), exemplars };
  } catch (cause) {
    if (!(cause instanceof PromqlError)) throw cause;
    // What is wrong with the text is said by the graph, which asks for the same.
    if (cause.kind === 'bad_data') return { isOnScale: false, exemplars: [] };
    throw new AppError('UNAVAILABLE', cause.message, { cause });
  }
}

/** A quantile answers in what was observed; a rate of buckets does not. */
function answersDurations(given: Expr): boolean {
  const expr = unwrapParens(given);
  if (expr.kind === 'aggregate') return answersDurations(expr.expr);
  return expr.kind === 'call' && expr.name === 'histogram_quantile';
}
