import { describe, expect, it } from 'vitest';
import { createSeries, writeSample, writeSeries, writeStaleMarker } from './metric-rows.ts';
import { RowSink } from './row-sink.ts';
import { readRows } from './testing/read-rows.ts';

const NOW_MS = 1_790_000_000_123;

describe('metric rows', () => {
  it('gives a series one identity whatever the order of its labels; an empty label is none', () => {
    const one = createSeries('up', [
      ['job', 'a'],
      ['instance', 'b'],
      ['zone', ''],
    ]);
    const other = createSeries('up', [
      ['instance', 'b'],
      ['job', 'a'],
    ]);
    expect(other).toEqual(one);
    expect(
      createSeries('up', [
        ['instance', 'b'],
        ['job', 'aa'],
      ]),
    ).not.toMatchObject({ idLo: one.idLo });
    expect(createSeries('down', one.labels)).not.toMatchObject({ idLo: one.idLo });
  });

  it('writes rows as the schema has them', () => {
    const series = createSeries('up', [['job', 'a']]);
    const id = (BigInt(series.idHi) << 32n) | BigInt(series.idLo);
    const rows = new RowSink();
    writeSeries(rows, series, { type: 'gauge', unit: '', help: 'h' }, NOW_MS);
    expect(readRows('series', rows.chunks())).toEqual([
      {
        metric_name: 'up',
        series_id: id,
        labels: [['job', 'a']],
        type: 'gauge',
        unit: '',
        help: 'h',
        last_seen: BigInt(NOW_MS),
      },
    ]);
    const samples = new RowSink();
    writeSample(samples, series, NOW_MS, 1.5);
    writeStaleMarker(samples, series, -1);
    const chunks = samples.chunks();
    expect(readRows('samples', chunks)).toEqual([
      { metric_name: 'up', series_id: id, timestamp: BigInt(NOW_MS), value: 1.5 },
      { metric_name: 'up', series_id: id, timestamp: -1n, value: Number.NaN },
    ]);
    const { bytes } = chunks[0]!;
    expect(Buffer.from(bytes.subarray(-8)).readBigUInt64LE()).toBe(0x7ff0000000000002n);
  });
});
