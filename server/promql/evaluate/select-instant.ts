import type { VectorSelector } from '../ast.ts';
import type { Evaluation } from './evaluation.ts';
import { referenceTime, type ReferenceTime } from './reference-time.ts';
import { createSeries, setHistogram, type Grid, type RawSeries, type VectorSeries } from './values.ts';

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
    const any = fill(row, series, reference, lookbackMs, what);
    const anyHistogram = series.histograms && fillHistograms(row, series, reference, lookbackMs, what);
    if (any || anyHistogram) rows.push(row);
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

/** A histogram is the value where it is newer than what else the series has, an end of it among that. */
function fillHistograms(
  row: VectorSeries,
  { timestamps, histograms }: RawSeries,
  { baseMs, perStepMs }: ReferenceTime,
  lookbackMs: number,
  what: 'value' | 'time',
): boolean {
  const { timestamps: times, values } = histograms!;
  let [next, nextFloat] = [0, 0];
  let any = false;
  for (let step = 0; step < row.has.length; step++) {
    const at = baseMs + step * perStepMs;
    while (next < times.length && times[next]! <= at) next++;
    while (nextFloat < timestamps.length && timestamps[nextFloat]! <= at) nextFloat++;
    const timeMs = times[next - 1] ?? -Infinity;
    if (timeMs <= at - lookbackMs || timeMs <= (timestamps[nextFloat - 1] ?? -Infinity)) continue;
    row.has[step] = what === 'time' ? 1 : 0;
    if (what === 'time') row.values[step] = timeMs / 1000;
    else setHistogram(row, step, values[next - 1]!);
    any = true;
  }
  return any;
}
