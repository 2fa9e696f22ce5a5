import type { RawSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';
import { GrowingColumn } from './growing-column.ts';

interface CachedSeries {
  labels: Labels;
  /** One for all series of a target. */
  times: GrowingColumn;
  values: GrowingColumn;
  length: number;
  /** Where a sample says that the series has ended, ascending. */
  stale: number[];
}

/** Samples of a series as they were read, under the id that the store knows it by. */
export interface Identified {
  id: bigint;
  series: RawSeries;
}

/** What one selector found between two times, and how much of that can no longer change unnoticed. */
export class CachedSelector {
  readonly afterMs: number;
  /** Samples until here are all there, as far as `checkedMs` knows. */
  settledMs: number;
  /** The store's clock when arrivals were last asked for. */
  checkedMs: number;
  /** How long before `checkedMs` the windows that were asked for began, at most. */
  reachMs: number;
  readonly #series = new Map<bigint, CachedSeries>();
  #sorted: CachedSeries[] = [];
  #bytes = 0;

  constructor(afterMs: number, checkedMs: number) {
    this.afterMs = afterMs;
    this.settledMs = afterMs;
    this.checkedMs = checkedMs;
    this.reachMs = checkedMs - afterMs;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#series.size;
  }

  labelsOf(id: bigint): Labels | undefined {
    return this.#series.get(id)?.labels;
  }

  /** Replaces all after `settledMs`. */
  extend(found: Identified[]): void {
    const columns = new Map<Float64Array, GrowingColumn>();
    const before = this.#series.size;
    for (const { id, series } of found) {
      const known = this.#series.get(id);
      if (known) this.#continue(known, series);
      else this.#series.set(id, startSeries(series, columns));
    }
    if (this.#series.size > before) {
      this.#sorted = [...this.#series.values()].toSorted((a, b) => a.labels.compare(b.labels));
    }
    this.#bytes = this.#count();
  }

  #continue(known: CachedSeries, { timestamps, values, stale }: RawSeries): void {
    const kept = known.times.countUntil(this.settledMs, known.length);
    known.times = known.times.continued(kept, timestamps);
    known.values = known.values.continued(kept, values);
    known.length = kept + values.length;
    known.stale = [...known.stale.filter((place) => place < kept), ...placesOf(stale).map((place) => kept + place)];
  }

  #count(): number {
    const times = new Set<GrowingColumn>();
    let bytes = 0;
    for (const series of this.#sorted) {
      times.add(series.times);
      bytes += series.values.bytes + SERIES_BYTES;
    }
    for (const column of times) bytes += column.bytes;
    return bytes;
  }

  /** The samples after one time until another, without copying them. */
  window(afterMs: number, untilMs: number): RawSeries[] {
    const found: RawSeries[] = [];
    for (const { labels, times, values, length, stale } of this.#sorted) {
      const from = times.countUntil(afterMs, length);
      const until = times.countUntil(untilMs, length);
      if (from === until) continue;
      found.push({
        labels,
        timestamps: times.piece(from, until),
        values: values.piece(from, until),
        stale: marks(stale, from, until),
      });
    }
    return found;
  }
}

/** Labels and objects, roughly. */
const SERIES_BYTES = 1000;

function startSeries(
  { labels, timestamps, values, stale }: RawSeries,
  columns: Map<Float64Array, GrowingColumn>,
): CachedSeries {
  const times = columns.get(timestamps) ?? new GrowingColumn(timestamps);
  columns.set(timestamps, times);
  return { labels, times, values: new GrowingColumn(values), length: values.length, stale: placesOf(stale) };
}

function placesOf(stale: Uint8Array | undefined): number[] {
  return stale ? [...stale.keys()].filter((place) => stale[place] === 1) : [];
}

function marks(places: number[], from: number, until: number): Uint8Array | undefined {
  const inside = places.filter((place) => place >= from && place < until);
  if (inside.length === 0) return undefined;
  const stale = new Uint8Array(until - from);
  for (const place of inside) stale[place - from] = 1;
  return stale;
}
