import type { VectorSelector } from '../ast.ts';
import type { Evaluation } from './evaluation.ts';
import { referenceTime, type ReferenceTime } from './reference-time.ts';
import { createSeries, type Grid, type RawSeries, type VectorSeries } from './values.ts';

/**
 * At each step the newest sample of the lookback before it, unless that one says that the series has ended. `what` is
 * the value, or the sample's own time in seconds (for `timestamp()`).
 */
export async function selectInstant(
  evaluation: Evaluation,
  selector: VectorSelector,
  grid: Grid,
  what: 'value' | 'time' = 'value',
): Promise<VectorSeries[]> {
  const { lookbackMs } = evaluation.options;
  const reference = referenceTime(evaluation, grid, selector);
  const raw = await evaluation.read(selector.matchers, reference.firstMs - lookbackMs, reference.lastMs);
  evaluation.checkSize(raw.length * grid.count);
  const rows: VectorSeries[] = [];
  for (const series of raw) {
    await evaluation.breathe();
    const row = createSeries(series.labels, grid.count);
    if (fill(row, series, reference, lookbackMs, what)) rows.push(row);
  }
  return rows;
}

function fill(row: VectorSeries, raw: RawSeries, reference: ReferenceTime, lookbackMs: number, what: 'value' | 'time') {
  const { timestamps, values, stale } = raw;
  const { baseMs, perStepMs } = reference;
  let next = 0;
  let any = false;
  for (let step = 0; step < row.has.length; step++) {
    const at = baseMs + step * perStepMs;
    while (next < timestamps.length && timestamps[next]! <= at) next++;
    const place = next - 1;
    if (place < 0 || timestamps[place]! <= at - lookbackMs || stale?.[place] === 1) continue;
    row.values[step] = what === 'value' ? values[place]! : timestamps[place]! / 1000;
    row.has[step] = 1;
    any = true;
  }
  return any;
}
