import { createSeries, writeExemplar, type Exemplar } from '#server/decode/metric-rows.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import type { Store } from '#server/store/client.ts';

/** Exemplars of a series that is inserted elsewhere, as the collector writes them. */
export async function insertExemplars(
  store: Store,
  name: string,
  labels: [string, string][],
  exemplars: Exemplar[],
): Promise<void> {
  const rows = new RowSink();
  const series = createSeries(name, labels);
  for (const exemplar of exemplars) writeExemplar(rows, series, exemplar);
  const bytes = Buffer.concat(rows.chunks().map((chunk) => chunk.bytes));
  await store.insertRowBinary('exemplars', bytes, JSON.stringify([name, labels, exemplars]));
}
