import type { Call, MatrixSelector, Subquery } from '../ast.ts';
import { unwrapParens } from '../ast.ts';
import { warnOfQuantiles } from '../evaluate/aggregate.ts';
import { evaluateScalar } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { selectRange, type RangeRow, type RangeSeries } from '../evaluate/select-range.ts';
import {
  createSeries,
  mergeSameLabels,
  setHistogram,
  timeAt,
  type Grid,
  type VectorSeries,
} from '../evaluate/values.ts';
import { METRIC_NAME } from '../labels/labels.ts';
import { typeOf } from '../parse/signatures.ts';
import { RangeNotes, type MixedFunction, type MixedWindow } from './histogram-windows.ts';
import { mixedFunction } from './mixed-functions.ts';
import { KEEPS_NAME, RANGE_FUNCTIONS, type RangeFunction, type Window } from './range-functions.ts';

/** A function of a range: two places move through each series, so that every sample enters and leaves the range once. */
export async function callRangeFunction(evaluation: Evaluation, expr: Call, grid: Grid): Promise<VectorSeries[]> {
  const compute = RANGE_FUNCTIONS[expr.name]!;
  const rangeArg = rangeArgument(expr);
  const range = await selectRange(evaluation, rangeArg, grid);
  const scalarArgs = expr.args.filter((arg) => typeOf(arg) === 'scalar');
  const scalars: Float64Array[] = [];
  for (const arg of scalarArgs) scalars.push(await evaluateScalar(evaluation, arg, grid));
  if (expr.name === 'quantile_over_time') warnOfQuantiles(evaluation, scalars[0]!, expr.args[0]!.position);
  evaluation.checkSize(range.series.length * grid.count);
  const rows: VectorSeries[] = [];
  for (const series of range.series) {
    await evaluation.breathe();
    const labels = KEEPS_NAME.has(expr.name) ? series.labels : series.labels.withoutName();
    const row = createSeries(labels, grid.count);
    if (series.histograms) {
      const notes = new RangeNotes(evaluation, series.labels.get(METRIC_NAME), rangeArg);
      fillMixed(row, series, range, grid, scalars, mixedFunction(expr.name), notes);
      rows.push(row);
      if (!row.has.includes(1)) continue;
    } else if (fill(row, series, range, grid, scalars, compute)) rows.push(row);
    else continue;
    if (expr.name === 'rate' || expr.name === 'increase')
      informOfNonCounter(evaluation, series.labels.get(METRIC_NAME), rangeArg);
  }
  return mergeSameLabels(rows);
}

export function rangeArgument(expr: Call): MatrixSelector | Subquery {
  const found = expr.args.find((arg) => typeOf(arg) === 'matrix');
  return unwrapParens(found!) as MatrixSelector | Subquery;
}

function fill(
  row: VectorSeries,
  series: RangeRow,
  { reference, rangeMs }: RangeSeries,
  grid: Grid,
  scalars: Float64Array[],
  compute: RangeFunction,
): boolean {
  const { timestamps } = series;
  const window = windowOf(series);
  const { args } = window;
  let any = false;
  for (let step = 0; step < grid.count; step++) {
    window.endMs = reference.baseMs + step * reference.perStepMs;
    window.startMs = window.endMs - rangeMs;
    while (window.until < timestamps.length && timestamps[window.until]! <= window.endMs) window.until++;
    while (window.from < window.until && timestamps[window.from]! <= window.startMs) window.from++;
    if (window.from === window.until) continue;
    window.stepTimeMs = timeAt(grid, step);
    for (let place = 0; place < scalars.length; place++) args[place] = scalars[place]![step]!;
    const value = compute(window);
    if (value === undefined) continue;
    row.values[step] = value;
    row.has[step] = 1;
    any = true;
  }
  return any;
}

function windowOf({ timestamps, values }: RangeRow): Window {
  return {
    timestamps,
    values,
    everResets: hasReset(values),
    args: [],
    from: 0,
    until: 0,
    startMs: 0,
    endMs: 0,
    stepTimeMs: 0,
  };
}

/** The same for a series of which some samples are histograms. */
function fillMixed(
  row: VectorSeries,
  series: RangeRow,
  { reference, rangeMs }: RangeSeries,
  grid: Grid,
  scalars: Float64Array[],
  compute: MixedFunction,
  notes: RangeNotes,
): void {
  const { timestamps: times, values: histograms } = series.histograms!;
  const floats = windowOf(series);
  const window: MixedWindow = { floats, times, histograms, from: 0, until: 0 };
  for (let step = 0; step < grid.count; step++) {
    floats.endMs = reference.baseMs + step * reference.perStepMs;
    floats.startMs = floats.endMs - rangeMs;
    move(floats, series.timestamps, floats);
    move(window, times, floats);
    if (floats.from === floats.until && window.from === window.until) continue;
    floats.stepTimeMs = timeAt(grid, step);
    scalars.forEach((scalar, place) => (floats.args[place] = scalar[step]!));
    const value = compute(window, notes);
    if (typeof value === 'object') setHistogram(row, step, value);
    else if (value !== undefined) {
      row.values[step] = value;
      row.has[step] = 1;
    }
  }
}

function move(
  window: { from: number; until: number },
  times: Float64Array,
  { startMs, endMs }: { startMs: number; endMs: number },
): void {
  while (window.until < times.length && times[window.until]! <= endMs) window.until++;
  while (window.from < window.until && times[window.from]! <= startMs) window.from++;
}

function hasReset(values: Float64Array): boolean {
  for (let place = 1; place < values.length; place++) if (values[place]! < values[place - 1]!) return true;
  return false;
}

function informOfNonCounter(evaluation: Evaluation, name: string, { position }: MatrixSelector | Subquery): void {
  if (name === '' || /_(total|sum|count|bucket)$/.test(name)) return;
  const reason = 'metric might not be a counter, name does not end in _total/_sum/_count/_bucket:';
  evaluation.inform(`${reason} ${JSON.stringify(name)}`, position);
}
