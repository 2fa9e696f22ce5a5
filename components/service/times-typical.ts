import type { Endpoint } from '#server/services/schema.ts';

/** Below this nobody would call it unusual. */
const TIMES_MIN = 1.5;

/** How many times the median of its operation a request took; null where that is not known or not worth saying. */
export function timesTypical(
  { operation, durationMs }: { operation: string; durationMs: number },
  endpoints: readonly Pick<Endpoint, 'operation' | 'latencyMsP50'>[],
): string | null {
  const typicalMs = endpoints.find((endpoint) => endpoint.operation === operation)?.latencyMsP50;
  if (!typicalMs) return null;
  const times = durationMs / typicalMs;
  if (times < TIMES_MIN) return null;
  return times < 10 ? times.toFixed(1).replace(/\.0$/, '') : String(Math.round(times));
}
