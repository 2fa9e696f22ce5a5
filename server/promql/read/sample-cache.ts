import type { Store } from '#server/store/client.ts';
import { tooManySamples, type SampleWindow } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';
import { CachedSelector } from './cached-selector.ts';
import { identify } from './identify.ts';
import { readSamples, readSeries, tooManySeries, type SamplesRead, type SelectorsWindow } from './read-store.ts';

export interface CacheBounds {
  bytesMax: number;
  /** Shorter windows are only looked up, not kept: they cost the store hardly more than their newest minutes. */
  windowMsMin: number;
  /** How long after it was stamped an insert may become visible. */
  insertMsMax: number;
  /** Of what range queries gave (../results/result-cache.ts); without it nothing of that is kept. */
  resultBytesMax?: number;
}
/** Senders deliver what is younger than this; with the time of an insert, it is what each question reads again. */
const DELIVERY_MS = 90_000;
/** The store remembers arrivals for longer. */
export const CHECKED_MS_MAX = 4 * 3_600_000;
/** Samples that are older than this are there, but for late ones. */
export function settlingMs(insertMsMax: number): number {
  return insertMsMax + DELIVERY_MS;
}

/** A window that moves on leaves its begin behind: half its length, then it is read anew. */
const REACH_FACTOR = 1.5;

/**
 * Samples in memory by the selector that found them, so that a graph that is drawn again reads only what is new. Nothing is
 * taken for granted: with each question the store says how far back samples arrived since the last one.
 */
export class SampleCache {
  readonly #store: Store;
  readonly #bounds: CacheBounds;
  /** The one that was used last comes last. */
  readonly #entries = new Map<CachedSelector, string>();
  readonly #turns = new Map<string, Promise<unknown>>();
  #bytes = 0;

  constructor(store: Store, bounds: CacheBounds) {
    this.#store = store;
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** One question of a selector at a time: the second finds what the first has read. */
  async read(window: SampleWindow): Promise<RawSeries[]> {
    const key = JSON.stringify(window.matchers);
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(() => this.#read(key, window));
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (this.#turns.get(key) === settled) this.#turns.delete(key);
      });
    this.#turns.set(key, settled);
    return unlessAborted(turn, window.signal);
  }

  async #read(key: string, window: SampleWindow): Promise<RawSeries[]> {
    window.signal.throwIfAborted();
    const { afterMs, untilMs, samplesMax, seriesMax } = window;
    const entry = this.#find(key, window);
    const found = entry ? await this.#refresh(entry, window) : undefined;
    if (!entry || !found) return this.#load(key, window);
    this.#keep(key, entry);
    if (entry.size > seriesMax) throw tooManySeries(seriesMax);
    const series = entry.window(afterMs, untilMs);
    if (series.reduce((sum, { values }) => sum + values.length, 0) > samplesMax) throw tooManySamples();
    return series;
  }

  #find(key: string, { afterMs }: SampleWindow): CachedSelector | undefined {
    for (const [entry, itsKey] of this.#entries) {
      if (itsKey !== key || afterMs < entry.afterMs || afterMs > entry.settledMs) continue;
      entry.reachMs = Math.max(entry.reachMs, entry.checkedMs - afterMs);
      if (entry.checkedMs - entry.afterMs <= entry.reachMs * REACH_FACTOR) return entry;
    }
    return undefined;
  }

  /** Reads what the entry lacks of a window; false where it is of no more use. */
  async #refresh(entry: CachedSelector, window: SampleWindow): Promise<boolean> {
    for (;;) {
      const { settledMs, checkedMs } = entry;
      const missing = { ...window, afterMs: settledMs, untilMs: Math.max(settledMs, window.untilMs) };
      const read = await this.#readSamples(missing, checkedMs - this.#bounds.insertMsMax);
      if (read.storeMs - checkedMs > CHECKED_MS_MAX) return false;
      const [oldestMs] = read.oldestArrivalsMs;
      if (oldestMs! > settledMs) {
        const labels = await this.#labelsOf(entry, missing, read);
        entry.extend(identify(read, labels));
        entry.checkedMs = read.storeMs;
        entry.settledMs = Math.max(
          settledMs,
          Math.min(window.untilMs, read.storeMs - settlingMs(this.#bounds.insertMsMax)),
        );
        return true;
      }
      // Late ones: from the oldest of them on all is read once more.
      entry.settledMs = oldestMs! - 1;
      if (entry.settledMs <= Math.max(entry.afterMs, window.afterMs)) return false;
    }
  }

  async #labelsOf(
    entry: CachedSelector,
    window: SampleWindow,
    { runs }: SamplesRead,
  ): Promise<(id: bigint) => Labels | undefined> {
    if (runs.every(({ id }) => entry.labelsOf(id))) return (id) => entry.labelsOf(id);
    const all = await readSeries(this.#store, alone(window));
    return (id) => entry.labelsOf(id) ?? all.get(id);
  }

  /** Who asks besides what came in is told. */
  async #readSamples(window: SampleWindow, arrivedSinceMs: number): Promise<SamplesRead> {
    const { arrivals } = window;
    const since = arrivals ? [arrivedSinceMs, arrivals.sinceMs] : [arrivedSinceMs];
    const read = await readSamples(this.#store, alone(window), since);
    arrivals?.hear({ storeMs: read.storeMs, oldestMs: read.oldestArrivalsMs[1]! });
    return read;
  }

  async #load(key: string, window: SampleWindow): Promise<RawSeries[]> {
    const { afterMs, untilMs } = window;
    const [labels, read] = await both(readSeries(this.#store, alone(window)), this.#readSamples(window, Infinity));
    const found = identify(read, (id) => labels.get(id));
    if (untilMs - afterMs >= this.#bounds.windowMsMin) {
      const entry = new CachedSelector(afterMs, read.storeMs);
      entry.extend(found);
      entry.settledMs = Math.max(afterMs, Math.min(untilMs, read.storeMs - settlingMs(this.#bounds.insertMsMax)));
      this.#replace(key, entry);
    }
    return found.map(({ series }) => series).toSorted((a, b) => a.labels.compare(b.labels));
  }

  /** What an entry has in common with another one of its selector need not be held twice. */
  #replace(key: string, entry: CachedSelector): void {
    for (const [other, itsKey] of this.#entries) {
      const isApart = other.afterMs > entry.settledMs || other.settledMs < entry.afterMs;
      if (itsKey === key && !isApart) this.#entries.delete(other);
    }
    this.#keep(key, entry);
  }

  #keep(key: string, entry: CachedSelector): void {
    this.#entries.delete(entry);
    // One that takes most of the room would leave none for the other panels of its dashboard.
    if (entry.bytes <= this.#bounds.bytesMax / 2) this.#entries.set(entry, key);
    this.#bytes = 0;
    for (const { bytes } of this.#entries.keys()) this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#bounds.bytesMax) return;
      this.#entries.delete(oldest);
      this.#bytes -= oldest.bytes;
    }
  }
}

function alone({ matchers, ...window }: SampleWindow): SelectorsWindow {
  return { ...window, matcherSets: [matchers] };
}

/** Like Promise.all, but neither is left to fail unheard while the other still runs. */
async function both<Left, Right>(left: Promise<Left>, right: Promise<Right>): Promise<[Left, Right]> {
  await Promise.allSettled([left, right]);
  return [await left, await right];
}

/** Who has waited long enough need not wait for his turn. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const leave = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
