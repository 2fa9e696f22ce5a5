import type { TimeRange } from '#server/time/schema.ts';

const MINUTE_MS = 60_000;
const STRETCHES_MS = [15 * MINUTE_MS, 6 * 60 * MINUTE_MS];

/**
 * The newest `limit` rows of a window without reading all of it: the last quarter of an hour is asked first, and more only
 * when that has too few.
 */
export async function searchBack<Row>(
  { fromMs, toMs }: TimeRange,
  limit: number,
  read: (range: TimeRange) => Promise<Row[]>,
): Promise<Row[]> {
  for (const stretchMs of STRETCHES_MS) {
    if (toMs - fromMs <= stretchMs) break;
    const rows = await read({ fromMs: toMs - stretchMs, toMs });
    if (rows.length >= limit) return rows;
  }
  return read({ fromMs, toMs });
}
