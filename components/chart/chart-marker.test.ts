import { expect, it } from 'vitest';
import { describeMarkers, markersAt, type ChartMarker } from './chart-marker.ts';

const marker = (tMs: number): ChartMarker => ({ tMs, label: `v${tMs}`, tone: 'neutral' });
const near = (tMs: number, stepMs: number, spanMs: number) =>
  markersAt([marker(100), marker(140), marker(900)], tMs, stepMs, spanMs).map(({ label }) => label);

it('tells the markers of a bucket, and those that lie as good as there', () => {
  expect(near(120, 20, 1_000)).toEqual(['v100', 'v140']);
  expect(near(95, 10, 1_000)).toEqual(['v100']);
  expect(near(500, 10, 1_000)).toEqual([]);
  expect(near(130, 1, 5_000)).toEqual(['v100', 'v140']);
});

it('says them to who cannot see, and nothing without any', () => {
  expect(describeMarkers([marker(1), marker(2)])).toBe('Marked: v1; v2.');
  expect(describeMarkers([])).toBe('');
});
