import type { Expr, MatrixSelector, Subquery } from './ast.ts';
import { unwrapParens } from './ast.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { evaluateInPieces } from './evaluate/evaluate-in-pieces.ts';
import { Evaluation, type Limits, type SampleSource } from './evaluate/evaluation.ts';
import { selectRange } from './evaluate/select-range.ts';
import { presenceOf, timeAt, type Grid, type HistogramSamples, type VectorSeries } from './evaluate/values.ts';
import type { Histogram } from './histogram/histogram.ts';
import type { Labels } from './labels/labels.ts';
import { parseExpr } from './parse/parse.ts';
import { documentedType, typeOf } from './parse/signatures.ts';
import { PromqlError } from './promql-error.ts';
import { leadOf } from './results/lead-of.ts';

export interface Sample {
  labels: Labels;
  timeMs: number;
  /** Without meaning where there is a histogram. */
  value: number;
  histogram?: Histogram | undefined;
}

export interface SampleRow {
  labels: Labels;
  timestamps: Float64Array;
  values: Float64Array;
  /** The samples that are histograms, which are not among the others. */
  histograms?: HistogramSamples | undefined;
}

export type QueryData =
  | { resultType: 'vector'; result: Sample[] }
  | { resultType: 'matrix'; result: SampleRow[] }
  | { resultType: 'scalar'; timeMs: number; value: number }
  | { resultType: 'string'; timeMs: number; text: string };

export interface QueryResult {
  data: QueryData;
  warnings: string[];
  infos: string[];
  samplesRead: number;
}

export interface QueryOptions {
  source: SampleSource;
  query: string;
  limits?: Partial<Limits>;
  lookbackMs?: number | undefined;
  experimentalFunctions?: boolean;
  signal?: AbortSignal | undefined;
}

/** Prometheus's are 50 million samples and two minutes; half of that leaves the console its memory. */
export const LIMITS_DEFAULT: Limits = { samplesMax: 25_000_000, seriesMax: 100_000, timeoutMs: 120_000 };
export const LOOKBACK_MS = 300_000;
/** Of subqueries without a step: Prometheus's default interval of evaluation. */
const SUBQUERY_STEP_MS = 60_000;

/** The value of an expression at one time. */
export async function queryInstant(options: QueryOptions & { timeMs: number }): Promise<QueryResult> {
  const { timeMs } = options;
  const expr = parse(options, 1, 0);
  const evaluation = start(options, timeMs, timeMs, 1);
  const grid: Grid = { startMs: timeMs, stepMs: 1, count: 1 };
  const data =
    typeOf(expr) === 'matrix' ? await rangeAt(evaluation, expr, grid) : await valueAt(evaluation, expr, grid);
  return finish(evaluation, data);
}

/** The values of an expression from start to end, both included, every step. */
export async function queryRange(
  options: QueryOptions & { startMs: number; endMs: number; stepMs: number },
): Promise<QueryResult> {
  const { startMs, endMs, stepMs } = options;
  const expr = parse(options, stepMs, endMs - startMs);
  const type = typeOf(expr);
  if (type !== 'scalar' && type !== 'vector') {
    const reason = `invalid expression type "${documentedType(type)}" for range query, must be Scalar or instant Vector`;
    throw new PromqlError('bad_data', reason);
  }
  const evaluation = start(options, startMs, endMs, stepMs);
  const grid: Grid = { startMs, stepMs, count: Math.floor((endMs - startMs) / stepMs) + 1 };
  const rows = await rowsOf(options, evaluation, expr, grid);
  const result = rows.map((row) => toSampleRow(row, grid)).filter(isAny);
  return finish(evaluation, { resultType: 'matrix', result: result.toSorted(byLabels) });
}

/** The newest steps only, where the others are known. */
async function rowsOf(options: QueryOptions, evaluation: Evaluation, expr: Expr, grid: Grid): Promise<VectorSeries[]> {
  const { results } = options.source;
  const leadMs = leadOf(expr);
  if (!results || leadMs === undefined || grid.count < 2) return evaluateInPieces(evaluation, expr, grid);
  const { lookbackMs, startMs, endMs, stepMs } = evaluation.options;
  // Durations of the text may be computed from the range.
  const range = options.experimentalFunctions ? endMs - startMs : 'any';
  const key = JSON.stringify([options.query, stepMs, lookbackMs, range]);
  const { rows, notes } = await results.rows({ key, grid, leadMs, signal: evaluation.signal }, async (part, heard) => {
    evaluation.listen(heard);
    const found = await evaluateInPieces(evaluation, expr, part);
    // They are seldom asked for as they are, and weigh more than the memory for results reckons with.
    const mayBeKept = found.every(({ histograms }) => !histograms);
    return { rows: found, notes: evaluation.notes, mayBeKept };
  });
  evaluation.recall(notes);
  evaluation.checkSize(rows.length * grid.count);
  return rows;
}

function parse({ query, experimentalFunctions }: QueryOptions, stepMs: number, rangeMs: number): Expr {
  return parseExpr(query, experimentalFunctions ? { experimentalFunctions, durations: { stepMs, rangeMs } } : {});
}

function start(options: QueryOptions, startMs: number, endMs: number, stepMs: number): Evaluation {
  const { query, source, signal, lookbackMs = LOOKBACK_MS } = options;
  const limits = { ...LIMITS_DEFAULT, ...options.limits };
  return new Evaluation({
    query,
    source,
    startMs,
    endMs,
    stepMs,
    lookbackMs,
    subqueryStepMs: SUBQUERY_STEP_MS,
    limits,
    signal,
  });
}

function finish({ warnings, infos, samplesRead }: Evaluation, data: QueryData): QueryResult {
  return { data, warnings: [...warnings], infos: [...infos], samplesRead };
}

async function valueAt(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<QueryData> {
  const value = await evaluate(evaluation, expr, grid);
  const timeMs = grid.startMs;
  switch (value.type) {
    case 'scalar':
      return { resultType: 'scalar', timeMs, value: value.values[0]! };
    case 'string':
      return { resultType: 'string', timeMs, text: value.text };
    case 'vector': {
      const present = value.series.filter((row) => presenceOf(row)[0] === 1);
      return { resultType: 'vector', result: present.map((row) => toSample(row, timeMs)) };
    }
  }
}

/** A range by itself: the samples as they are. */
async function rangeAt(evaluation: Evaluation, expr: Expr, grid: Grid): Promise<QueryData> {
  const range = unwrapParens(expr) as MatrixSelector | Subquery;
  const { series, reference, rangeMs } = await selectRange(evaluation, range, grid);
  const inside = (ms: number) => ms > reference.baseMs - rangeMs && ms <= reference.baseMs;
  const result = series.map(({ labels, timestamps, values, histograms }) => {
    const row: SampleRow = {
      labels,
      timestamps: timestamps.filter(inside),
      values: values.filter((_, place) => inside(timestamps[place]!)),
    };
    if (histograms) {
      row.histograms = {
        timestamps: histograms.timestamps.filter(inside),
        values: histograms.values.filter((_, place) => inside(histograms.timestamps[place]!)),
      };
    }
    return row;
  });
  return { resultType: 'matrix', result: result.filter(isAny).toSorted(byLabels) };
}

function toSample({ labels, values, histograms }: VectorSeries, timeMs: number): Sample {
  const histogram = histograms?.[0];
  return histogram ? { labels, timeMs, value: NaN, histogram } : { labels, timeMs, value: values[0]! };
}

function isAny({ values, histograms }: SampleRow): boolean {
  return values.length > 0 || (histograms?.values.length ?? 0) > 0;
}

function toSampleRow({ labels, values, has, histograms }: VectorSeries, grid: Grid): SampleRow {
  const times = Float64Array.from({ length: grid.count }, (_, step) => timeAt(grid, step));
  if (!has.includes(0)) return { labels, timestamps: times, values };
  const present = (_: number, step: number) => has[step] === 1;
  const row: SampleRow = { labels, timestamps: times.filter(present), values: values.filter(present) };
  if (histograms) {
    row.histograms = {
      timestamps: times.filter((_, step) => histograms[step] !== undefined),
      values: histograms.filter((one) => one !== undefined),
    };
  }
  return row;
}

function byLabels(a: { labels: Labels }, b: { labels: Labels }): number {
  return a.labels.compare(b.labels);
}
