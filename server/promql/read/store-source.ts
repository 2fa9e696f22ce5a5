import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { Matcher } from '../ast.ts';
import type { SampleSource, SampleWindow } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { Labels, METRIC_NAME } from '../labels/labels.ts';
import { PromqlError } from '../promql-error.ts';
import { matchConditions } from './match-conditions.ts';
import { readSampleRuns, type SampleRun } from './native-samples.ts';
import { seenSince, toStoreMs } from './time-bounds.ts';
import { toPromqlError } from './to-promql-error.ts';

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
  for (const run of readSampleRuns(bytes.value)) {
    const labels = series.value.get(run.id);
    if (labels) found.push(toRawSeries(labels, run));
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

function readSamples(store: Store, window: SampleWindow): Promise<Buffer> {
  const { matchers, afterMs, untilMs, samplesMax, signal } = window;
  const conditions = matchConditions(matchers);
  const known = `FROM series WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND ${conditions.sql}`;
  return store.queryNative({
    name: 'promql-samples',
    sql: `
      SELECT series_id, toFloat64(toUnixTimestamp64Milli(timestamp)) AS ms, value
      FROM samples
      WHERE ${nameCondition(matchers, known)}
        AND series_id IN (SELECT series_id ${known})
        AND timestamp > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
        AND timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
      ORDER BY metric_name, series_id, timestamp`,
    params: {
      ...conditions.params,
      seen: seenSince(afterMs),
      after: toStoreMs(afterMs),
      until: toStoreMs(untilMs),
    },
    limitRows: Math.max(1, samplesMax),
    maxSeconds: seconds(window),
    signal,
  });
}

/** Samples lie by their metric: the name, if there is one, is what finds them. */
function nameCondition(matchers: Matcher[], known: string): string {
  const place = matchers.findIndex(({ name, op }) => name === METRIC_NAME && op === '=');
  return place === -1 ? `metric_name IN (SELECT metric_name ${known})` : `metric_name = {m${place}:String}`;
}

function seconds({ timeoutMs }: SampleWindow): number {
  return Math.ceil(timeoutMs / 1000);
}

const STALE_HI = 0x7ff0_0000;
const STALE_LO = 0x0000_0002;

function toRawSeries(labels: Labels, { timestamps, values }: SampleRun): RawSeries {
  let stale: Uint8Array | undefined;
  let twice = false;
  for (let place = 0; place < values.length; place++) {
    twice ||= place > 0 && timestamps[place] === timestamps[place - 1];
    if (!Number.isNaN(values[place]!) || !isStale(values, place)) continue;
    stale ??= new Uint8Array(values.length);
    stale[place] = 1;
  }
  if (!twice) return { labels, timestamps, values, stale };
  // A sample that was sent again counts once.
  const last = (_: number, place: number) => timestamps[place] !== timestamps[place + 1];
  return { labels, timestamps: timestamps.filter(last), values: values.filter(last), stale: stale?.filter(last) };
}

/** The one NaN that marks the end of a series; told by its bits, which reading it as a number may change. */
function isStale(values: Float64Array, place: number): boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset + place * 8, 2);
  return bits[0] === STALE_LO && bits[1] === STALE_HI;
}
