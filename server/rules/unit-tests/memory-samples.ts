import type { SampleSource } from '#server/promql/evaluate/evaluation.ts';
import type { RawSeries } from '#server/promql/evaluate/values.ts';
import type { Labels } from '#server/promql/labels/labels.ts';
import { matchesValue } from '#server/promql/labels/matches-value.ts';
import type { OwnSample } from '../series/series-writer.ts';

interface Track {
  labels: Labels;
  timestamps: number[];
  values: number[];
  stale: number[];
}

/** The samples of one test: those that are given, and those that its rules make. */
export class MemorySamples {
  readonly #tracks = new Map<string, Track>();

  /** In the order of time for each series; what comes again at the same time replaces nothing, as upstream. */
  add(samples: Iterable<OwnSample>): void {
    for (const { labels, timeMs, value } of samples) {
      const track = this.#tracks.get(labels.key) ?? { labels, timestamps: [], values: [], stale: [] };
      this.#tracks.set(labels.key, track);
      if ((track.timestamps.at(-1) ?? -Infinity) >= timeMs) continue;
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
          .filter(({ values }) => values.length > 0)
          .toSorted((a, b) => a.labels.compare(b.labels)),
    };
  }
}

function cut({ labels, timestamps, values, stale }: Track, afterMs: number, untilMs: number): RawSeries {
  const from = timestamps.findIndex((ms) => ms > afterMs);
  const last = timestamps.findLastIndex((ms) => ms <= untilMs);
  const [start, end] = [from === -1 ? timestamps.length : from, last + 1];
  return {
    labels,
    timestamps: Float64Array.from(timestamps.slice(start, end)),
    values: Float64Array.from(values.slice(start, end)),
    stale: Uint8Array.from(stale.slice(start, end)),
  };
}
