import { ByteBuffer } from '#server/decode/byte-buffer.ts';
import { encodeHistogram } from './encode-histogram.ts';
import { eachHistogram, eachSample, eachSeries } from './read-metric-rows.ts';

/** As Prometheus itself sends at most, some times over: a request a second for 10,000 samples a second. */
const SAMPLES_PER_REQUEST = 10_000;
/** Labels of series, ready to be sent. Who was announced longest ago is forgotten first. */
const LABEL_BYTES_MAX = 64 * 1024 ** 2;
const SERIES_BYTES = 150;

interface Samples {
  /** In the order they came. */
  points: { timestampMs: number; value: Buffer }[];
  /** Messages, each with its time. */
  histograms: { timestampMs: number; message: Buffer }[];
}

/** Makes requests of remote write 1.0 out of the rows that go into the store. */
export class WriteRequests {
  readonly #labels = new Map<bigint, Buffer>();
  #labelBytes = 0;
  #pending = new Map<bigint, Samples>();
  count = 0;

  learn(rows: Uint8Array): void {
    eachSeries(rows, (id, name, labels) => {
      this.#forget(id);
      const encoded = encodeLabels(name, labels);
      this.#labels.set(id, encoded);
      this.#labelBytes += encoded.length + SERIES_BYTES;
      for (const oldest of this.#labels.keys()) {
        if (this.#labelBytes <= LABEL_BYTES_MAX) break;
        this.#forget(oldest);
      }
    });
  }

  /** Returns how many samples there were. */
  add(rows: Uint8Array): number {
    let added = 0;
    eachSample(rows, (id, timestampMs, bytes, valueAt) => {
      added++;
      this.#of(id).points.push({ timestampMs, value: bytes.subarray(valueAt, valueAt + 8) });
    });
    this.count += added;
    return added;
  }

  addHistograms(rows: Uint8Array): void {
    eachHistogram(rows, (id, timestampMs, histogram) => {
      this.count++;
      this.#of(id).histograms.push({ timestampMs, message: encodeHistogram(histogram, timestampMs) });
    });
  }

  #of(id: bigint): Samples {
    const samples = this.#pending.get(id) ?? { points: [], histograms: [] };
    this.#pending.set(id, samples);
    return samples;
  }

  /** All that has gathered, as requests and how many samples are in each; `unknown` are those of series nobody has announced. */
  take(): { requests: { body: Buffer; items: number }[]; unknown: number } {
    const requests: { body: Buffer; items: number }[] = [];
    let [out, items, unknown] = [new ByteBuffer(64 * 1024), 0, 0];
    const end = () => {
      if (items > 0) requests.push({ body: out.written(), items });
      [out, items] = [new ByteBuffer(64 * 1024), 0];
    };
    for (const [id, samples] of this.#pending) {
      const labels = this.#labels.get(id);
      const count = samples.points.length + samples.histograms.length;
      if (!labels) unknown += count;
      else {
        writeField(out, 0x0a, encodeTimeSeries(labels, samples));
        items += count;
      }
      if (items >= SAMPLES_PER_REQUEST) end();
    }
    end();
    this.#pending = new Map();
    this.count = 0;
    return { requests, unknown };
  }

  #forget(id: bigint): void {
    const labels = this.#labels.get(id);
    if (!labels) return;
    this.#labelBytes -= labels.length + SERIES_BYTES;
    this.#labels.delete(id);
  }
}

/** Label fields of a TimeSeries, sorted by name as the specification asks; `__name__` sorts among them. */
function encodeLabels(name: Buffer, labels: readonly [Buffer, Buffer][]): Buffer {
  const all = [[NAME, name] as const, ...labels].toSorted(([a], [b]) => a.compare(b));
  const out = new ByteBuffer(256);
  for (const [key, value] of all) {
    const label = new ByteBuffer(64);
    writeField(label, 0x0a, key);
    writeField(label, 0x12, value);
    writeField(out, 0x0a, label.written());
  }
  return Buffer.from(out.written());
}

const NAME = Buffer.from('__name__');

function encodeTimeSeries(labels: Buffer, { points, histograms }: Samples): Buffer {
  const out = new ByteBuffer(labels.length + points.length * 24);
  out.raw(labels, 0, labels.length);
  for (const { timestampMs, value } of points.toSorted((a, b) => a.timestampMs - b.timestampMs)) {
    const sample = new ByteBuffer(24);
    sample.u8(0x09);
    sample.raw(value, 0, 8);
    sample.u8(0x10);
    writeInt64(sample, timestampMs);
    writeField(out, 0x12, sample.written());
  }
  for (const { message } of histograms.toSorted((a, b) => a.timestampMs - b.timestampMs))
    writeField(out, 0x22, message);
  return out.written();
}

function writeField(out: ByteBuffer, tag: number, bytes: Uint8Array): void {
  out.u8(tag);
  out.blob(bytes, 0, bytes.length);
}

function writeInt64(out: ByteBuffer, value: number): void {
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    const bits = Number(rest & 0x7fn);
    if (rest <= 0x7fn) return out.u8(bits);
    out.u8(bits | 0x80);
  }
}
