import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import { tooManySamples, type SampleSource, type SampleWindow } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { PromqlError } from '../promql-error.ts';
import { matchConditions } from './match-conditions.ts';
import { readSampleRuns } from './native-samples.ts';
import { seenSince, toStoreMs } from './time-bounds.ts';
import { toPromqlError } from './to-promql-error.ts';
import { toRawSeries } from './to-raw-series.ts';

/** Selectors answered by the store: one question for the series that match, one for their samples, at the same time. */
export function createStoreSource(store: Store): SampleSource {
  return { read: (window) => readWindow(store, window) };
}

async function readWindow(store: Store, window: SampleWindow): Promise<RawSeries[]> {
  window.signal.throwIfAborted();
  const [series, bytes] = await Promise.allSettled([readSeries(store, window), readSamples(store, window)]);
  if (series.status === 'rejected') throw toPromqlError(series.reason);
  if (bytes.status === 'rejected') throw toPromqlError(bytes.reason);
  const found: RawSeries[] = [];
  const runs = readSampleRuns(bytes.value);
  if (runs.reduce((sum, { values }) => sum + values.length, 0) > window.samplesMax) throw tooManySamples();
  for (const run of runs) {
    const labels = series.value.get(run.id);
    if (labels) found.push(toRawSeries(labels, beginOf(window), run));
  }
  return found.toSorted((a, b) => a.labels.compare(b.labels));
}

const SeriesRow = z.object({ id: z.string(), name: z.string(), label_map: z.record(z.string(), z.string()) });

async function readSeries(store: Store, window: SampleWindow): Promise<Map<bigint, Labels>> {
  const { matchers, afterMs, seriesMax, signal } = window;
  const conditions = matchConditions(matchers);
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
  if (rows.length > seriesMax) {
    throw new PromqlError(
      'execution',
      `a selector of this query matches more than ${seriesMax} series: name more labels in it`,
    );
  }
  return new Map(
    rows.map(({ id, name, label_map }) => [
      BigInt(id),
      Labels.from(Object.entries({ ...label_map, [METRIC_NAME]: name })),
    ]),
  );
}

/** What a sample weighs in the answer: four bytes of time, eight of value. */
const SAMPLE_BYTES = 12;
const SERIES_BYTES = 32;
const UINT32_MAX = 0xffff_ffff;

/** A row per series. Times travel as milliseconds since the begin of the window: half the bytes, which is half the time. */
function readSamples(store: Store, window: SampleWindow): Promise<Buffer> {
  const { matchers, afterMs, untilMs, samplesMax, seriesMax, signal } = window;
  const conditions = matchConditions(matchers);
  const known = `FROM series WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND ${conditions.sql}`;
  const time = untilMs - afterMs > UINT32_MAX ? 'toFloat64' : 'toUInt32';
  return store.queryNative({
    name: 'promql-samples',
    sql: `
      SELECT series_id, groupArray(${time}(toUnixTimestamp64Milli(timestamp) - {after:Int64})), groupArray(value)
      FROM samples
      WHERE ${nameCondition(matchers, known)}
        AND series_id IN (SELECT series_id ${known})
        AND timestamp > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
        AND timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
      GROUP BY metric_name, series_id
      SETTINGS optimize_aggregation_in_order = 1`,
    params: { ...conditions.params, seen: seenSince(afterMs), after: beginOf(window), until: toStoreMs(untilMs) },
    limitRows: seriesMax + 1,
    limitBytes: Math.max(1, samplesMax) * SAMPLE_BYTES + seriesMax * SERIES_BYTES,
    maxSeconds: seconds(window),
    signal,
  });
}

function beginOf({ afterMs }: SampleWindow): number {
  return toStoreMs(afterMs);
}

/** Samples lie by their metric: the name, if there is one, is what finds them. */
function nameCondition(matchers: Matcher[], known: string): string {
  const place = matchers.findIndex(({ name, op }) => name === METRIC_NAME && op === '=');
  return place === -1 ? `metric_name IN (SELECT metric_name ${known})` : `metric_name = {m${place}:String}`;
}

function seconds({ timeoutMs }: SampleWindow): number {
  return Math.ceil(timeoutMs / 1000);
}
