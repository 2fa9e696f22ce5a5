import { createSeries } from './metric-rows.ts';
import { Stream, type KnownSeries } from './stream.ts';

/** A living series is announced again this often, so that `last_seen` tells which series a time range may touch. */
const ANNOUNCE_MS = 5 * 60_000;
const BYTES_MAX = 56 * 1024 ** 2;
// What a stream and a series weigh in the heap beside their keys, as measured.
const STREAM_BYTES = 220;
const SERIES_BYTES = 170;
/** Who was seen last is known to this, so that a stream need not change places with every sample. */
const TOUCH_MS = 60_000;

/**
 * Remembers streams by whatever names them on the wire, so that labels are worked out once and not for every sample. It is
 * bounded by forgetting those that were not seen for longest: forgotten ones are merely worked out and announced again, and a
 * total of deltas begins at zero again, which readers of counters take for the restart of the sender.
 */
export class StreamBook {
  readonly #bytesMax: number;
  /** Those seen last are last. */
  readonly #streams = new Map<string, Stream>();
  #bytes = 0;
  #epoch = 0;

  constructor(bytesMax = BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  get streams(): number {
    return this.#streams.size;
  }

  stream(key: string, nowMs: number): Stream {
    let stream = this.#streams.get(key);
    if (!stream) {
      stream = new Stream(nowMs);
      this.#streams.set(key, stream);
      this.grow(stream, key.length + STREAM_BYTES);
    } else if (nowMs - stream.touchedMs > TOUCH_MS) {
      stream.touchedMs = nowMs;
      this.#streams.delete(key);
      this.#streams.set(key, stream);
    }
    return stream;
  }

  /** The series of a part of a stream; `labels` is asked only when it is not known yet. */
  series(stream: Stream, part: string, name: string, labels: () => [string, string][]): KnownSeries {
    let known = stream.get(part);
    if (!known) {
      const { idLo, idHi } = createSeries(name, labels());
      known = { name, idLo, idHi, announcedMs: -Infinity, epoch: -1 };
      stream.add(part, known);
      this.grow(stream, SERIES_BYTES + part.length);
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
  grow(stream: Stream, bytes: number): void {
    stream.heapBytes += bytes;
    this.#bytes += bytes;
    if (this.#bytes <= this.#bytesMax) return;
    for (const [key, oldest] of this.#streams) {
      if (this.#bytes <= this.#bytesMax) return;
      // The one that is being written must not lose its place.
      if (oldest === stream) continue;
      this.#streams.delete(key);
      this.#bytes -= oldest.heapBytes;
    }
  }
}
