import { createSeries, type SeriesId } from './metric-rows.ts';
import type { DeltaTotal } from './delta-total.ts';

/** A living series is announced again this often, so that `last_seen` tells which series a time range may touch. */
const ANNOUNCE_MS = 5 * 60_000;
/** Of one generation of the book, of which there are two. */
const BYTES_MAX = 24 * 1024 ** 2;
// What a stream, a series and a bucket of a total weigh in the heap beside their keys.
const STREAM_BYTES = 260;
const SERIES_BYTES = 180;

interface KnownSeries extends SeriesId {
  announcedMs: number;
  epoch: number;
}

/** What one sender sends under one name and one set of attributes: one series, or those of one histogram. */
export interface Stream {
  /** By the part of the stream: `_sum`, a bucket's bound, a quantile, or nothing. */
  series: Map<string, KnownSeries>;
  /** Of deltas. */
  total: DeltaTotal | undefined;
}

/**
 * Remembers streams by whatever names them on the wire, so that labels are worked out once and not for every sample. It is
 * bounded by forgetting those that were not seen for longest: forgotten ones are merely worked out and announced again, and a
 * total of deltas begins at zero again, which readers of counters take for the restart of the sender.
 */
export class StreamBook {
  readonly #bytesMax: number;
  #young = new Map<string, Stream>();
  #old = new Map<string, Stream>();
  #bytes = 0;
  #epoch = 0;

  constructor(bytesMax = BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  get streams(): number {
    return this.#young.size + this.#old.size;
  }

  stream(key: string): Stream {
    let stream = this.#young.get(key);
    if (stream) return stream;
    stream = this.#old.get(key);
    if (stream) this.#old.delete(key);
    else stream = { series: new Map(), total: undefined };
    this.grow(key.length + STREAM_BYTES + stream.series.size * SERIES_BYTES + (stream.total?.heapBytes ?? 0));
    this.#young.set(key, stream);
    return stream;
  }

  /** The series of a part of a stream; `labels` is asked only when it is not known yet. */
  series(stream: Stream, part: string, name: string, labels: () => [string, string][]): KnownSeries {
    let known = stream.series.get(part);
    if (!known) {
      const { idLo, idHi } = createSeries(name, labels());
      known = { name, idLo, idHi, announcedMs: -Infinity, epoch: -1 };
      stream.series.set(part, known);
      this.grow(SERIES_BYTES);
    }
    return known;
  }

  /** Whether a row of the table series must be written now; answers so once. */
  announce(series: KnownSeries, nowMs: number): boolean {
    if (series.epoch === this.#epoch && nowMs - series.announcedMs < ANNOUNCE_MS) return false;
    series.epoch = this.#epoch;
    series.announcedMs = nowMs;
    return true;
  }

  /** Announcements were lost, or what they said has changed: all must be made again. */
  forgetAnnouncements(): void {
    this.#epoch++;
  }

  /** Called with what was added to a stream. */
  grow(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#bytesMax) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#bytes = 0;
  }
}
