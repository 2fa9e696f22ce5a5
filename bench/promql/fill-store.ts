import { createSeries, writeSample, writeSeries, type Series } from '#server/decode/metric-rows.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import { METRIC_NAME } from '#server/promql/labels/labels.ts';
import type { Store } from '#server/store/client.ts';
import type { Slice } from './generate.ts';

/** One insert of so many rows: as large as the collector's are under load. */
const ROWS_PER_INSERT = 400_000;

/** Writes slices into the store as the collector does; `end` writes what is left, and the catalogue of series. */
export function createStoreFiller(store: Store) {
  const identities = new Map<string, Series>();
  const types = new Map<string, string>();
  let samples = new RowSink(1 << 20);
  let rows = 0;
  let inserts = 0;
  let lastMs = 0;

  async function flush(): Promise<void> {
    if (rows === 0) return;
    const bytes = Buffer.concat(samples.chunks().map((chunk) => chunk.bytes));
    samples = new RowSink(1 << 20);
    rows = 0;
    await store.insertRowBinary('samples', bytes, `bench-samples-${inserts++}`);
  }

  return {
    add: async ({ series, timestamps, values }: Slice): Promise<void> => {
      lastMs = Math.max(lastMs, timestamps.at(-1) ?? 0);
      for (const [place, { labels, type }] of series.entries()) {
        let identity = identities.get(labels.key);
        if (!identity) {
          identity = createSeries(labels.get(METRIC_NAME), labels.withoutName().entries());
          identities.set(labels.key, identity);
          types.set(labels.key, type);
        }
        const own = values[place]!;
        for (let sample = 0; sample < own.length; sample++) {
          writeSample(samples, identity, timestamps[sample]!, own[sample]!);
        }
        rows += own.length;
      }
      if (rows >= ROWS_PER_INSERT) await flush();
    },
    end: async (): Promise<void> => {
      await flush();
      const sink = new RowSink(1 << 20);
      for (const [key, identity] of identities) {
        writeSeries(sink, identity, { type: types.get(key), unit: '', help: 'Of the bench.' } as never, lastMs);
      }
      await store.insertRowBinary('series', Buffer.concat(sink.chunks().map(({ bytes }) => bytes)), 'bench-series');
    },
  };
}
