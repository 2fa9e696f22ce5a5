import { randomUUID } from 'node:crypto';
import { writeHistogramSample } from '#server/decode/histogram-row.ts';
import { createSeries, writeSample, writeSeries, writeStaleMarker, type Series } from '#server/decode/metric-rows.ts';
import type { Family } from '#server/decode/parse-exposition.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { toHistogramSample } from '#server/promql/histogram/to-sample.ts';
import { METRIC_NAME, type Labels } from '#server/promql/labels/labels.ts';
import type { Store } from '#server/store/client.ts';

/** A sample that the console makes itself; without a value it says that the series has ended. */
export interface OwnSample {
  labels: Labels;
  timeMs: number;
  value: number | Histogram | 'stale';
  family?: Family | undefined;
}

export interface SeriesWriter {
  /** In the store, and to be read, when this resolves; throws when they could not be written. */
  write: (samples: readonly OwnSample[]) => Promise<void>;
}

/** As the scraper does: a living series is announced again this often, so that `last_seen` tells which series a time range may touch. */
const ANNOUNCE_MS = 5 * 60_000;
/** Rules that keep making up new series must not fill the memory. */
const KNOWN_MAX = 200_000;

/** Writes series and samples in the rows that scraped ones are written in, so that nothing which reads can tell them apart. */
export function createSeriesWriter(store: Pick<Store, 'insertRowBinary'>): SeriesWriter {
  const known = new Map<string, { series: Series; announcedMs: number }>();
  const trackedOf = (labels: Labels) => {
    const found = known.get(labels.key);
    if (found) return found;
    const made = {
      series: createSeries(labels.get(METRIC_NAME), labels.withoutName().entries()),
      announcedMs: -Infinity,
    };
    known.set(labels.key, made);
    return made;
  };
  return {
    write: async (samples) => {
      if (samples.length === 0) return;
      if (known.size > KNOWN_MAX) known.clear();
      const [seriesRows, sampleRows, histogramRows] = [new RowSink(), new RowSink(), new RowSink()];
      const announced: (() => void)[] = [];
      for (const { labels, timeMs, value, family } of samples) {
        const tracked = trackedOf(labels);
        if (value === 'stale') {
          writeStaleMarker(sampleRows, tracked.series, timeMs);
          continue;
        }
        if (typeof value === 'number') writeSample(sampleRows, tracked.series, timeMs, value);
        else writeHistogramSample(histogramRows, tracked.series, timeMs, toHistogramSample(value));
        if (timeMs - tracked.announcedMs < ANNOUNCE_MS) continue;
        writeSeries(seriesRows, tracked.series, family, timeMs);
        announced.push(() => (tracked.announcedMs = timeMs));
      }
      await Promise.all([
        insert(store, 'series', seriesRows),
        insert(store, 'samples', sampleRows),
        insert(store, 'histograms', histogramRows),
      ]);
      for (const remember of announced) remember();
    },
  };
}

async function insert(
  store: Pick<Store, 'insertRowBinary'>,
  table: 'series' | 'samples' | 'histograms',
  rows: RowSink,
): Promise<void> {
  for (const { bytes } of rows.chunks()) await store.insertRowBinary(table, bytes, `console-${randomUUID()}`);
}
