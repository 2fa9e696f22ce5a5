/** Reads RowBinary of the tables series, samples and histograms back: what goes into the store is what is forwarded. */
class RowReader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get more(): boolean {
    return this.at < this.bytes.length;
  }

  varuint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** A string as the range of its bytes. */
  text(): Buffer {
    const length = this.varuint();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  u8(): number {
    return this.bytes[this.at++]!;
  }

  double(): number {
    this.at += 8;
    return this.bytes.readDoubleLE(this.at - 8);
  }

  list<Item>(size: number, read: (at: number) => Item): Item[] {
    const from = this.varuint();
    this.at += from * size;
    return Array.from({ length: from }, (_, place) => read(this.at - (from - place) * size));
  }

  id(): bigint {
    this.at += 8;
    return this.bytes.readBigUInt64LE(this.at - 8);
  }
}

/** Hands over each series with its name and labels. */
export function eachSeries(
  rows: Uint8Array,
  take: (id: bigint, name: Buffer, labels: [Buffer, Buffer][]) => void,
): void {
  const reader = new RowReader(rows);
  while (reader.more) {
    const name = reader.text();
    const id = reader.id();
    const labels = Array.from({ length: reader.varuint() }, (): [Buffer, Buffer] => [reader.text(), reader.text()]);
    // type, unit, help
    for (let skipped = 0; skipped < 3; skipped++) reader.text();
    // last_seen
    reader.at += 8;
    take(id, name, labels);
  }
}

/** Hands over each sample; the value as the place of its eight bytes, since a stale marker is a NaN of certain bits. */
export function eachSample(
  rows: Uint8Array,
  take: (id: bigint, timestampMs: number, bytes: Buffer, valueAt: number) => void,
): void {
  const reader = new RowReader(rows);
  while (reader.more) {
    reader.text();
    const id = reader.id();
    const timestampMs = Number(reader.bytes.readBigInt64LE(reader.at));
    reader.at += 16;
    take(id, timestampMs, reader.bytes, reader.at - 8);
  }
}

/** The buckets of one sign as they lie in the table: whole counts, or broken ones. */
export interface StoredSide {
  offsets: number[];
  lengths: number[];
  counts: number[];
  floatCounts: number[];
}

export interface StoredHistogram {
  resetHint: number;
  schema: number;
  zeroThreshold: number;
  zeroCount: number;
  count: number;
  sum: number;
  positive: StoredSide;
  negative: StoredSide;
  bounds: number[];
}

/** Hands over each native histogram. */
export function eachHistogram(
  rows: Uint8Array,
  take: (id: bigint, timestampMs: number, histogram: StoredHistogram) => void,
): void {
  const reader = new RowReader(rows);
  while (reader.more) {
    reader.text();
    const id = reader.id();
    const timestampMs = Number(reader.bytes.readBigInt64LE(reader.at));
    reader.at += 8;
    take(id, timestampMs, {
      resetHint: reader.u8(),
      schema: (reader.u8() << 24) >> 24,
      zeroThreshold: reader.double(),
      zeroCount: reader.double(),
      count: reader.double(),
      sum: reader.double(),
      positive: readSide(reader),
      negative: readSide(reader),
      bounds: readFloats(reader),
    });
  }
}

function readSide(reader: RowReader): StoredSide {
  const { bytes } = reader;
  return {
    offsets: reader.list(4, (at) => bytes.readInt32LE(at)),
    lengths: reader.list(4, (at) => bytes.readUInt32LE(at)),
    counts: reader.list(8, (at) => Number(bytes.readBigUInt64LE(at))),
    floatCounts: readFloats(reader),
  };
}

function readFloats(reader: RowReader): number[] {
  return reader.list(8, (at) => reader.bytes.readDoubleLE(at));
}
