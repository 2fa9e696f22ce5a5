import { expect, it } from 'vitest';
import { prepareSeries } from './prepare-series.ts';

const data = (series: { labels: Record<string, string>; values: (number | null)[] }[]) => ({
  startMs: 10_000,
  stepMs: 5_000,
  series,
  seriesTotal: series.length,
  warnings: [],
  infos: [],
});

it('gives each series its points, name, colour and newest value', () => {
  const { points, series } = prepareSeries(
    data([
      { labels: { __name__: 'up', job: 'a' }, values: [1, 2, null] },
      { labels: { __name__: 'up', job: 'b' }, values: [null, null, null] },
    ]),
  );
  expect(points.map(({ tMs }) => tMs)).toEqual([10_000, 15_000, 20_000]);
  expect(points.map((point) => series[0]!.value(point))).toEqual([1, 2, null]);
  expect(series.map(({ label, fullName, colour, last }) => ({ label, fullName, colour, last }))).toEqual([
    { label: '{job="a"}', fullName: 'up{job="a"}', colour: 'var(--series-1)', last: 2 },
    { label: '{job="b"}', fullName: 'up{job="b"}', colour: 'var(--series-2)', last: null },
  ]);
});

it('begins the colours again when they are used up', () => {
  const many = Array.from({ length: 9 }, (_, at) => ({ labels: { at: String(at) }, values: [at] }));
  expect(prepareSeries(data(many)).series.at(-1)!.colour).toBe('var(--series-1)');
});

it('has nothing to show for no series', () => {
  expect(prepareSeries(data([]))).toEqual({ points: [], series: [] });
});
