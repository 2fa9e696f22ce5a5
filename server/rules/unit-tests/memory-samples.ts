import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import type { RawSeries } from '#server/promql/evaluate/values.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import type { Labels } from '#server/promql/labels/labels.ts';
import { matchesValue } from '#server/promql/labels/matches-value.ts';
import type { OwnSample } from '../series/series-writer.ts';

interface Track {
  labels: Labels;
  timestamps: number[];
  values: number[];
  stale: number[];
  histogramTimes: number[];
  histograms: Histogram[];
}

/** The samples of one test: those that are given, and those that its rules make. */
export class MemorySamples {
  readonly #tracks = new Map<string, Track>();

  /** In the order of time for each series; what comes again at the same time replaces nothing, as upstream. */
  add(samples: Iterable<OwnSample>): void {
    for (const { labels, timeMs, value } of samples) {
      const track = this.#tracks.get(labels.key) ?? emptyTrack(labels);
      this.#tracks.set(labels.key, track);
      if (Math.max(track.timestamps.at(-1) ?? -Infinity, track.histogramTimes.at(-1) ?? -Infinity) >= timeMs) continue;
      if (typeof value === 'object') {
        track.histogramTimes.push(timeMs);
        track.histograms.push(value);
        continue;
      }
      track.timestamps.push(timeMs);
      track.values.push(value === 'stale' ? NaN : value);
      track.stale.push(Number(value === 'stale'));
    }
  }

  /** What is known until a time: rules do not see the future. */
  sourceUntil(endMs: number): SampleSource {
    return {
      read: async ({ matchers, afterMs, untilMs }) =>
        [...this.#tracks.values()]
          .filter(({ labels }) => matchers.every((matcher) => matchesValue(matcher, labels.get(matcher.name))))
          .map((track) => cut(track, afterMs, Math.min(untilMs, endMs)))
          .filter(({ values, histograms }) => values.length > 0 || histograms)
          .toSorted((a, b) => a.labels.compare(b.labels)),
    };
  }
}

function emptyTrack(labels: Labels): Track {
  return { labels, timestamps: [], values: [], stale: [], histogramTimes: [], histograms: [] };
}

function cut(track: Track, afterMs: number, untilMs: number): RawSeries {
  const { labels, timestamps, values, stale, histogramTimes, histograms } = track;
  const [start, end] = places(timestamps, afterMs, untilMs);
  const [first, last] = places(histogramTimes, afterMs, untilMs);
  return {
    labels,
    timestamps: Float64Array.from(timestamps.slice(start, end)),
    values: Float64Array.from(values.slice(start, end)),
    stale: Uint8Array.from(stale.slice(start, end)),
    histograms:
      first < last
        ? { timestamps: Float64Array.from(histogramTimes.slice(first, last)), values: histograms.slice(first, last) }
        : undefined,
  };
}

function places(times: number[], afterMs: number, untilMs: number): [from: number, until: number] {
  const from = times.findIndex((ms) => ms > afterMs);
  return [from === -1 ? times.length : from, times.findLastIndex((ms) => ms <= untilMs) + 1];
}
