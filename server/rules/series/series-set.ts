import type { Histogram } from '#server/promql/histogram/histogram.ts';
import type { Labels } from '#server/promql/labels/labels.ts';
import type { OwnSample } from './series-writer.ts';

export interface Valued {
  labels: Labels;
  value: number | Histogram;
}

/** The series that one rule keeps writing: those that it no longer writes are told to have ended. */
export class SeriesSet {
  #living = new Map<string, Labels>();

  /** The samples of now, and an end for each series that was there before and is not now. */
  next(now: readonly Valued[], timeMs: number): OwnSample[] {
    const living = new Map(now.map(({ labels }) => [labels.key, labels]));
    const gone = [...this.#living].filter(([key]) => !living.has(key)).map(([, labels]) => labels);
    this.#living = living;
    return [
      ...now.map(({ labels, value }) => ({ labels, value, timeMs })),
      ...gone.map((labels) => ({ labels, value: 'stale' as const, timeMs })),
    ];
  }

  /** What `next` answered was not written: what may still seem to live must be ended later. */
  lost(samples: readonly OwnSample[]): void {
    for (const { labels } of samples) this.#living.set(labels.key, labels);
  }

  end(timeMs: number): OwnSample[] {
    return this.next([], timeMs);
  }
}
