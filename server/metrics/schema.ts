import { z } from 'zod';
import { TimeRange } from '#server/time/schema.ts';

/** More lines than this nobody can tell apart; the answer says how many there are. */
export const SERIES_DRAWN_MAX = 40;
/** Rows of a table; the API for programs gives them all. */
export const ROWS_MAX = 500;
/** As Prometheus holds it, for one series. */
const POINTS_MAX = 11_000;
const STEP_MS_MAX = 31 * 86_400_000;

/** Why a query has no answer, in Prometheus's words; `position` are offsets in the text where they are known. */
export interface MetricsFailure {
  kind: string;
  message: string;
  position: { start: number; end: number } | null;
}

export interface MetricsNotes {
  warnings: string[];
  infos: string[];
}

/** One line of a graph: a value at each step from the start, null where there is none. */
export interface MetricSeries {
  labels: Record<string, string>;
  values: (number | null)[];
}

export interface RangeData extends MetricsNotes {
  startMs: number;
  stepMs: number;
  series: MetricSeries[];
  seriesTotal: number;
}

/** One row of a table; the value as Prometheus prints it, of a range one sample a line. */
export interface InstantRow {
  labels: Record<string, string>;
  value: string;
}

export interface InstantData extends MetricsNotes {
  timeMs: number;
  resultType: 'vector' | 'matrix' | 'scalar' | 'string';
  rows: InstantRow[];
  rowsTotal: number;
}

/** One observation that a graph may show, and where it leads. */
export interface MetricExemplar {
  tMs: number;
  value: number;
  traceId: string;
  labels: Record<string, string>;
}

export interface ExemplarsData {
  /** Whether the values are of the kind that the expression answers with: durations on a graph of durations. */
  isOnScale: boolean;
  exemplars: MetricExemplar[];
}

/** A query that is wrong is an answer, not an accident: it is shown where it was written. */
export type MetricsAnswer<Data> = { ok: true; data: Data } | { ok: false; failure: MetricsFailure };

export interface MetricName {
  name: string;
  /** Empty where nothing was said about it. */
  type: string;
  help: string;
}

const Expression = z.string().min(1).max(4_000);

export const QueryRangeInput = z
  .object({ expr: Expression, range: TimeRange, stepMs: z.number().int().min(1_000).max(STEP_MS_MAX) })
  .refine(
    ({ range, stepMs }) => (range.toMs - range.fromMs) / stepMs <= POINTS_MAX,
    'a series may have 11,000 points at most: choose a longer step',
  );
export type QueryRangeInput = z.input<typeof QueryRangeInput>;

export const QueryInstantInput = z.object({ expr: Expression, timeMs: z.number().int().nonnegative() });
export type QueryInstantInput = z.input<typeof QueryInstantInput>;

export const QueryExemplarsInput = z.object({ expr: Expression, range: TimeRange });
export type QueryExemplarsInput = z.input<typeof QueryExemplarsInput>;
