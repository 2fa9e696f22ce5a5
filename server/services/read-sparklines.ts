import type { Store } from '#server/store/client.ts';
import { readServiceCounts, readServiceCountsOfMinutes } from '#server/store/queries/service-counts.ts';
import type { TimeRange } from '#server/time/schema.ts';

export const SPARKLINE_BUCKETS = 30;
const MINUTE_MS = 60_000;

export interface Sparkline {
  /** Oldest first. */
  requestsPerS: number[];
  /** The end of the newest bucket with requests. */
  lastMs: number;
}

/**
 * Requests a second of each service in 30 equal buckets. From the rollup a bucket is whole minutes, so that none holds more of
 * them than its neighbour; the first may then begin before the window. The newest is divided by what of it has passed.
 */
export async function readSparklines(
  store: Store,
  range: TimeRange,
  source: 'spans' | 'minutes',
  nowMs: number,
): Promise<Map<string, Sparkline>> {
  const { fromMs, stepMs } = planSparkline(range, source);
  const toMs = fromMs + stepMs * SPARKLINE_BUCKETS;
  const read = source === 'spans' ? readServiceCounts : readServiceCountsOfMinutes;
  const counts = await read(store, { fromMs, toMs: source === 'spans' ? range.toMs : toMs }, stepMs);
  const lines = new Map<string, Sparkline>();
  for (const { service, bucket, requests } of counts) {
    if (bucket < 0 || bucket >= SPARKLINE_BUCKETS) continue;
    const line = lines.get(service) ?? { requestsPerS: Array<number>(SPARKLINE_BUCKETS).fill(0), lastMs: 0 };
    const startMs = fromMs + bucket * stepMs;
    const endMs = Math.min(startMs + stepMs, nowMs);
    line.requestsPerS[bucket] = requests / Math.max(1, (endMs - startMs) / 1_000);
    line.lastMs = Math.max(line.lastMs, endMs);
    lines.set(service, line);
  }
  return lines;
}

/** Where the buckets lie. */
export function planSparkline({ fromMs, toMs }: TimeRange, source: 'spans' | 'minutes') {
  if (source === 'spans') return { fromMs, stepMs: Math.ceil((toMs - fromMs) / SPARKLINE_BUCKETS) };
  const stepMs = Math.ceil((toMs - fromMs) / SPARKLINE_BUCKETS / MINUTE_MS) * MINUTE_MS;
  return { fromMs: Math.ceil(toMs / MINUTE_MS) * MINUTE_MS - stepMs * SPARKLINE_BUCKETS, stepMs };
}
