import type { Store } from '#server/store/client.ts';
import { readEndpointCounts, readEndpointCountsOfMinutes } from '#server/store/queries/endpoint-counts.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { planSparkline, SPARKLINE_BUCKETS } from './read-sparklines.ts';

/** Names an operation within its service. */
export function endpointKey({ operation, kind }: { operation: string; kind: number }): string {
  return `${kind} ${operation}`;
}

/** Requests a second of each operation of a service, as `readSparklines` has them of services. */
export async function readEndpointSparklines(
  store: Store,
  service: string,
  range: TimeRange,
  source: 'spans' | 'minutes',
  nowMs: number,
): Promise<Map<string, number[]>> {
  const { fromMs, stepMs } = planSparkline(range, source);
  const toMs = fromMs + stepMs * SPARKLINE_BUCKETS;
  const read = source === 'spans' ? readEndpointCounts : readEndpointCountsOfMinutes;
  const counts = await read(store, service, { fromMs, toMs: source === 'spans' ? range.toMs : toMs }, stepMs);
  const lines = new Map<string, number[]>();
  for (const { bucket, requests, ...endpoint } of counts) {
    if (bucket < 0 || bucket >= SPARKLINE_BUCKETS) continue;
    const key = endpointKey(endpoint);
    const line = lines.get(key) ?? Array<number>(SPARKLINE_BUCKETS).fill(0);
    const startMs = fromMs + bucket * stepMs;
    const seconds = (Math.min(startMs + stepMs, nowMs) - startMs) / 1_000;
    line[bucket] = requests / Math.max(1, seconds);
    lines.set(key, line);
  }
  return lines;
}
