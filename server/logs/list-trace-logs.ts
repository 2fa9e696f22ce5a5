import type { Ctx } from '#server/context.ts';
import { readTraceLogs } from '#server/store/queries/log-lines.ts';
import { readTraceBounds } from '#server/store/queries/trace-bounds.ts';
import type { LogLine } from './schema.ts';

const LINES_MAX = 1_000;
/** A line may be written after the last span of its trace began. */
const MARGIN_MS = 10 * 60_000;
/** A trace that was not sampled leaves lines without spans. */
const WITHOUT_SPANS_MS = 24 * 3_600_000;

/** The log lines that carry a trace's id, oldest first. */
export async function listTraceLogs(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { traceId }: { traceId: string },
): Promise<LogLine[]> {
  const bounds = await readTraceBounds(store, [traceId]);
  const nowMs = now().getTime();
  const range = bounds
    ? { fromMs: bounds.fromMs - MARGIN_MS, toMs: bounds.toMs + MARGIN_MS }
    : { fromMs: nowMs - WITHOUT_SPANS_MS, toMs: nowMs + MARGIN_MS };
  return readTraceLogs(store, traceId, range, LINES_MAX);
}
