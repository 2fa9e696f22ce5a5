import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import { tooManySamples, type SampleWindow } from '../evaluate/evaluation.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { PromqlError } from '../promql-error.ts';
import { areNamesAlone, matchAny, metricParams } from './match-conditions.ts';
import { readSampleRuns, type SampleRun } from './native-samples.ts';
import { seenSince, toStoreMs } from './time-bounds.ts';

/** What matches any of some sets of matchers, in one window. */
export interface SelectorsWindow extends Omit<SampleWindow, 'matchers'> {
  matcherSets: readonly Matcher[][];
}

const SeriesRow = z.object({ id: z.string(), name: z.string(), label_map: z.record(z.string(), z.string()) });

/** The labels of the series that match and may have samples in a window. */
export async function readSeries(store: Store, window: SelectorsWindow): Promise<Map<bigint, Labels>> {
  const { matcherSets, afterMs, seriesMax, signal } = window;
  const conditions = matchAny(matcherSets);
  const rows = await store.query({
    name: 'promql-series',
    sql: `
      SELECT toString(series_id) AS id, any(metric_name) AS name, any(labels) AS label_map
      FROM series
      WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND ${conditions.sql}
      GROUP BY series_id
      LIMIT {limit:UInt64}`,
    params: { ...conditions.params, seen: seenSince(afterMs), limit: seriesMax + 1 },
    row: SeriesRow,
    limitRows: seriesMax + 1,
    maxSeconds: seconds(window),
    signal,
  });
  if (rows.length > seriesMax) throw tooManySeries(seriesMax);
  return new Map(
    rows.map(({ id, name, label_map }) => [
      BigInt(id),
      Labels.from(Object.entries({ ...label_map, [METRIC_NAME]: name })),
    ]),
  );
}

export function tooManySeries(seriesMax: number): PromqlError {
  return new PromqlError(
    'execution',
    `a selector of this query matches more than ${seriesMax} series: name more labels in it`,
  );
}

export interface SamplesRead {
  /** Their offsets count from here. */
  beginMs: number;
  runs: SampleRun[];
  /** The store's clock when it began to answer. */
  storeMs: number;
  /** For each time that was asked about, of all samples that came in since then the oldest; Infinity for none. */
  oldestArrivalsMs: number[];
}

/** What a sample weighs in the answer: four bytes of time, eight of value. */
const SAMPLE_BYTES = 12;
const SERIES_BYTES = 32;
const UINT32_MAX = 0xffff_ffff;
/** No series has it: ids are hashes. */
const ARRIVALS_ID = 0n;

/**
 * A row per series, and one that says how old the arrivals since some times are, of the same moment. Times travel as
 * milliseconds since the begin of the window: half the bytes, which is half the time.
 */
export async function readSamples(
  store: Store,
  window: SelectorsWindow,
  arrivedSinceMs: readonly number[],
): Promise<SamplesRead> {
  const { matcherSets, afterMs, untilMs, samplesMax, seriesMax, signal } = window;
  const conditions = matchAny(matcherSets);
  const names = metricParams(matcherSets);
  // Samples lie by their metric: the names, if there are any, are what finds them.
  const known = `FROM series WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND ${conditions.sql}`;
  const time = untilMs - afterMs > UINT32_MAX ? 'Float64' : 'UInt32';
  const beginMs = toStoreMs(afterMs);
  const since = arrivedSinceMs.map(toStoreMs);
  const oldest = since.map((_, place) => {
    const arrived = `arrived_at >= fromUnixTimestamp64Milli({arrived${place}:Int64}, 'UTC')`;
    return `ifNull(minOrNullIf(toFloat64(toUnixTimestamp64Milli(oldest)), ${arrived}), inf)`;
  });
  const pieces = await store.queryNative({
    name: 'promql-samples',
    sql: `
      SELECT * FROM (
        SELECT series_id, groupArray(to${time}(toUnixTimestamp64Milli(timestamp) - {after:Int64})), groupArray(value)
        FROM samples
        WHERE metric_name IN (${names?.join(', ') ?? `SELECT metric_name ${known}`})
          ${areNamesAlone(matcherSets) ? '' : `AND series_id IN (SELECT series_id ${known})`}
          AND timestamp > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
          AND timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
        GROUP BY metric_name, series_id
        SETTINGS optimize_aggregation_in_order = 1)
      UNION ALL
      SELECT toUInt64(${ARRIVALS_ID}), CAST(range(${since.length + 1}), 'Array(${time})'),
        [toFloat64(toUnixTimestamp64Milli(now64(3))), ${oldest.join(', ')}]
      FROM sample_arrivals
      WHERE arrived_at >= fromUnixTimestamp64Milli({arrived:Int64}, 'UTC')`,
    params: {
      ...conditions.params,
      seen: seenSince(afterMs),
      after: beginMs,
      until: toStoreMs(untilMs),
      arrived: Math.min(...since),
      ...Object.fromEntries(since.map((ms, place) => [`arrived${place}`, ms])),
    },
    limitRows: seriesMax + 2,
    limitBytes: Math.max(1, samplesMax) * SAMPLE_BYTES + (seriesMax + 2) * SERIES_BYTES,
    maxSeconds: seconds(window),
    signal,
  });
  const all = readSampleRuns(pieces);
  const arrivals = all.find(({ id }) => id === ARRIVALS_ID);
  if (!arrivals) throw new Error('the store did not say what arrived');
  const runs = all.filter((run) => run !== arrivals);
  if (runs.reduce((sum, { values }) => sum + values.length, 0) > samplesMax) throw tooManySamples();
  const [storeMs, ...oldestArrivalsMs] = arrivals.values;
  return { beginMs, runs, storeMs: storeMs!, oldestArrivalsMs };
}

function seconds({ timeoutMs }: SelectorsWindow): number {
  return Math.ceil(timeoutMs / 1000);
}
