import type { SampleSource, SampleWindow } from '#server/promql/evaluate/evaluation.ts';
import type { RawSeries } from '#server/promql/evaluate/values.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import type { Labels } from '#server/promql/labels/labels.ts';
import { matchesValue } from '#server/promql/labels/matches-value.ts';
import type { OwnSample } from './series-writer.ts';

/** Samples of one pass over a group, which its later rules see before they are in the store: they are written together, in one go. */
export class PendingSamples {
  readonly samples: OwnSample[] = [];

  add(samples: readonly OwnSample[]): void {
    this.samples.push(...samples);
  }

  /** What the source has, with what is pending. */
  over(source: SampleSource): SampleSource {
    return {
      read: async (window) => {
        const stored = await source.read(window);
        const pending = this.samples.filter((sample) => isIn(window, sample));
        return pending.length === 0 ? stored : merge(stored, pending);
      },
    };
  }
}

function isIn({ matchers, afterMs, untilMs }: SampleWindow, { labels, timeMs }: OwnSample): boolean {
  if (timeMs <= afterMs || timeMs > untilMs) return false;
  return matchers.every((matcher) => matchesValue(matcher, labels.get(matcher.name)));
}

function merge(stored: readonly RawSeries[], pending: readonly OwnSample[]): RawSeries[] {
  const series = new Map(stored.map((one) => [one.labels.key, one]));
  for (const sample of pending) series.set(sample.labels.key, append(series.get(sample.labels.key), sample));
  return [...series.values()].toSorted((a, b) => a.labels.compare(b.labels));
}

/** What is pending is of now: nothing in the store is later, but the same sample may be there already. */
function append(series: RawSeries | undefined, { labels, timeMs, value }: OwnSample): RawSeries {
  if (typeof value === 'object') return appendHistogram(series ?? emptySeries(labels), timeMs, value);
  const before = series ? Array.from(series.timestamps).filter((ms) => ms < timeMs).length : 0;
  const stale = new Uint8Array(before + 1);
  if (series?.stale) stale.set(series.stale.subarray(0, before));
  stale[before] = Number(value === 'stale');
  return {
    labels,
    timestamps: Float64Array.of(...(series?.timestamps.subarray(0, before) ?? []), timeMs),
    values: Float64Array.of(...(series?.values.subarray(0, before) ?? []), value === 'stale' ? NaN : value),
    stale,
    histograms: series?.histograms,
  };
}

function emptySeries(labels: Labels): RawSeries {
  return { labels, timestamps: new Float64Array(0), values: new Float64Array(0), stale: undefined };
}

function appendHistogram(series: RawSeries, timeMs: number, value: Histogram): RawSeries {
  const { timestamps, values } = series.histograms ?? { timestamps: new Float64Array(0), values: [] };
  const before = timestamps.filter((ms) => ms < timeMs);
  return {
    ...series,
    histograms: { timestamps: Float64Array.of(...before, timeMs), values: [...values.slice(0, before.length), value] },
  };
}
