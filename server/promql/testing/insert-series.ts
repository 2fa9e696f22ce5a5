import { createSeries, writeSample, writeSeries, writeStaleMarker } from '#server/decode/metric-rows.ts';
import { writeHistogramSample } from '#server/decode/histogram-row.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import type { Store } from '#server/store/client.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { toHistogramSample } from '../histogram/to-sample.ts';
import { METRIC_NAME } from '../labels/labels.ts';

/** As the collector writes them, so that what is read is what is stored. */
export async function insertSeries(store: Store, series: RawSeries[], token: string, type = 'gauge'): Promise<void> {
  const known = new RowSink(1 << 20);
  const samples = new RowSink(1 << 20);
  const natives = new RowSink(1 << 20);
  for (const { labels, timestamps, values, stale, histograms } of series) {
    const name = labels.get(METRIC_NAME);
    const identity = createSeries(name, labels.withoutName().entries());
    writeSeries(
      known,
      identity,
      { type, unit: '', help: `Help of ${name}.` } as never,
      timestamps.at(-1) ?? histograms?.timestamps.at(-1) ?? 0,
    );
    histograms?.values.forEach((one, place) =>
      writeHistogramSample(natives, identity, histograms.timestamps[place]!, toHistogramSample(one)),
    );
    for (let place = 0; place < values.length; place++) {
      if (stale?.[place] === 1) writeStaleMarker(samples, identity, timestamps[place]!);
      else writeSample(samples, identity, timestamps[place]!, values[place]!);
    }
  }
  await store.insertRowBinary('series', Buffer.concat(known.chunks().map(({ bytes }) => bytes)), `${token}-series`);
  await store.insertRowBinary('samples', Buffer.concat(samples.chunks().map(({ bytes }) => bytes)), `${token}-samples`);
  for (const { bytes } of natives.chunks()) await store.insertRowBinary('histograms', bytes, `${token}-histograms`);
}
