/** Reads RowBinary of the tables series and samples back: what goes into the store is what is forwarded. */
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
