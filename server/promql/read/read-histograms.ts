import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { SampleWindow } from '../evaluate/evaluation.ts';
import { tooManySamples } from '../evaluate/evaluation.ts';
import type { HistogramSamples, RawSeries } from '../evaluate/values.ts';
import { weightOf } from '../histogram/histogram.ts';
import type { Labels } from '../labels/labels.ts';
import { matchesValue } from '../labels/matches-value.ts';
import { METRIC_NAME } from '../labels/labels.ts';
import { matchConditions } from './match-conditions.ts';
import { readHistogramRuns, type HistogramRun } from './native-histograms.ts';
import { readSeries } from './read-store.ts';
import { seenSince, toStoreMs } from './time-bounds.ts';

/** A metric that becomes one of histograms is seen to be one after this long: as soon as samples are in the store at all. */
const METRICS_MS = 500;
const HISTOGRAM_BYTES = 400;

/** Which metrics have histograms: few, where any do. Asked again now and then, once for all who ask at a time. */
export class HistogramMetrics {
  readonly #store: Store;
  #asked = -Infinity;
  #names: Promise<string[]> = Promise.resolve([]);

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether a selector could find any. */
  async mayMatch({ matchers }: Pick<SampleWindow, 'matchers'>): Promise<boolean> {
    if (performance.now() - this.#asked > METRICS_MS) {
      this.#asked = performance.now();
      this.#names = this.#read().catch((error: unknown) => {
        this.#asked = -Infinity;
        throw error;
      });
    }
    const byName = matchers.filter(({ name }) => name === METRIC_NAME);
    return (await this.#names).some((name) => byName.every((matcher) => matchesValue(matcher, name)));
  }

  async #read(): Promise<string[]> {
    const rows = await this.#store.query({
      name: 'promql-histogram-metrics',
      sql: 'SELECT DISTINCT metric_name AS name FROM histogram_metrics LIMIT 100000',
      row: z.object({ name: z.string() }),
      limitRows: 100_000,
    });
    return rows.map(({ name }) => name);
  }
}

/** The series that match and have histograms in a window; of their other samples it says nothing. */
export async function readHistograms(
  store: Store,
  window: SampleWindow,
): Promise<{ labels: Labels; histograms: HistogramSamples }[]> {
  const { matchers, afterMs, untilMs, samplesMax, seriesMax, timeoutMs, signal } = window;
  const conditions = matchConditions(matchers);
  const known = `FROM series WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND ${conditions.sql}`;
  const pieces = await store.queryNative({
    name: 'promql-histograms',
    sql: `
      SELECT series_id, groupArray(toFloat64(toUnixTimestamp64Milli(timestamp))), groupArray(${BODY})
      FROM histograms
      WHERE metric_name IN (SELECT metric_name ${known})
        AND series_id IN (SELECT series_id ${known})
        AND timestamp > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
        AND timestamp <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
      GROUP BY metric_name, series_id`,
    params: {
      ...conditions.params,
      seen: seenSince(afterMs),
      after: toStoreMs(afterMs),
      until: toStoreMs(untilMs),
    },
    limitRows: seriesMax + 1,
    limitBytes: Math.max(1, samplesMax) * HISTOGRAM_BYTES,
    maxSeconds: Math.ceil(timeoutMs / 1000),
    signal,
  });
  const runs = readHistogramRuns(pieces);
  if (runs.length === 0) return [];
  const weight = runs.reduce((sum, { values }) => sum + values.reduce((all, one) => all + weightOf(one), 0), 0);
  if (weight > samplesMax) throw tooManySamples();
  const labels = await readSeries(store, { ...window, matcherSets: [matchers] });
  return runs.flatMap((run) => {
    const found = labels.get(run.id);
    return found ? [{ labels: found, histograms: inOrder(run) }] : [];
  });
}

/** All of one histogram as numbers: readHistogramRuns knows their order. */
const side = (sign: string) => `
  [toFloat64(length(${sign}_offsets))], arrayMap(x -> toFloat64(x), ${sign}_offsets), arrayMap(x -> toFloat64(x), ${sign}_lengths),
  arrayMap(x -> toFloat64(x), ${sign}_counts), ${sign}_float_counts`;
const BODY = `arrayConcat(
  [toFloat64(schema), toFloat64(reset_hint), zero_threshold, zero_count, count, sum],
  ${side('positive')}, ${side('negative')}, bounds)`;

/** In the order of time; what was sent again counts once. */
function inOrder({ times, values }: HistogramRun): HistogramSamples {
  const places = Uint32Array.from(times, (_, place) => place).toSorted((a, b) => times[a]! - times[b]! || a - b);
  const once = [...places].filter((place, rank) => times[place] !== times[places[rank + 1]!]);
  return { timestamps: Float64Array.from(once, (place) => times[place]!), values: once.map((place) => values[place]!) };
}

/** Series with the histograms that some of them have. */
export function joinHistograms(
  series: RawSeries[],
  found: { labels: Labels; histograms: HistogramSamples }[],
): RawSeries[] {
  if (found.length === 0) return series;
  const byKey = new Map(series.map((one) => [one.labels.key, one]));
  for (const { labels, histograms } of found) {
    const known = byKey.get(labels.key) ?? {
      labels,
      timestamps: new Float64Array(0),
      values: new Float64Array(0),
      stale: undefined,
    };
    byKey.set(labels.key, { ...known, histograms });
  }
  return [...byKey.values()].toSorted((a, b) => a.labels.compare(b.labels));
}
