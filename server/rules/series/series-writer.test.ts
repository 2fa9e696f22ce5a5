import { expect, it } from 'vitest';
import { parseHistogram } from '#server/promql/histogram/parse-histogram.ts';
import { histogramToString } from '#server/promql/histogram/print.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import { queryInstant } from '#server/promql/query.ts';
import { createStoreSource } from '#server/promql/read/store-source.ts';
import { startTestApi } from '#server/promql/testing/test-api.ts';
import { createSeriesWriter } from './series-writer.ts';

it('keeps what a rule recorded, histograms as such, and their end', async () => {
  const api = await startTestApi();
  try {
    const writer = createSeriesWriter(api.store);
    const labels = Labels.from(Object.entries({ __name__: 'took:rate5m', job: 'shop' }));
    const timeMs = Date.now() - 60_000;
    // A difference: counts may be broken, and below zero.
    const value = parseHistogram('{{schema:2 count:0.5 sum:1 buckets:[1.5 -1] counter_reset_hint:gauge}}');
    await writer.write([{ labels, timeMs, value }]);
    const at = async (ms: number) => {
      const query = 'took:rate5m';
      const { data } = await queryInstant({ source: createStoreSource(api.store), query, timeMs: ms });
      return data.resultType === 'vector'
        ? data.result.map(({ histogram }) => histogram && histogramToString(histogram))
        : [];
    };
    expect(await at(timeMs)).toEqual(['{count:0.5, sum:1, (0.8408964152537145,1]:1.5, (1,1.189207115002721]:-1}']);
    await writer.write([{ labels, timeMs: timeMs + 1_000, value: 'stale' }]);
    expect(await at(timeMs + 2_000)).toEqual([]);
  } finally {
    await api.stop();
  }
});
