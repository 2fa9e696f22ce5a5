import { writeAnyValue } from './any-value.ts';
import { ByteBuffer } from './byte-buffer.ts';
import type { PromotionTable } from './promoted.ts';
import type { ProtoReader } from './proto-reader.ts';

const RANK_NONE = 255;

/** The key-value pairs of one record as RowBinary map entries, and where among them the promoted values lie. */
export class Attributes {
  readonly pairs = new ByteBuffer(2048);
  count = 0;
  readonly #promotions: PromotionTable | undefined;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #ranks: Uint8Array;

  constructor(promotions?: PromotionTable) {
    this.#promotions = promotions;
    const columns = promotions?.columns.length ?? 0;
    this.#starts = new Uint32Array(columns);
    this.#ends = new Uint32Array(columns);
    this.#ranks = new Uint8Array(columns).fill(RANK_NONE);
  }

  clear(): void {
    this.pairs.length = 0;
    this.count = 0;
    this.#ranks.fill(RANK_NONE);
  }

  /** Adds the KeyValue field that the reader stands before. */
  read(reader: ProtoReader): void {
    let keyStart = 0;
    let keyEnd = 0;
    let valueStart = 0;
    let valueEnd = 0;
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x0a) {
        reader.range();
        keyStart = reader.start;
        keyEnd = reader.end;
      } else if (tag === 0x12) {
        reader.range();
        valueStart = reader.start;
        valueEnd = reader.end;
      } else reader.skip(tag);
    }
    reader.leave(outer);

    const { pairs } = this;
    pairs.utf8(reader.bytes, keyStart, keyEnd);
    const from = pairs.length;
    const { pos } = reader;
    const around = reader.within(valueStart, valueEnd);
    writeAnyValue(reader, pairs);
    reader.leave(around);
    reader.pos = pos;
    this.count++;

    const found = this.#promotions?.find(reader.bytes, keyStart, keyEnd);
    if (found === undefined || found.rank >= this.#ranks[found.column]!) return;
    this.#ranks[found.column] = found.rank;
    this.#starts[found.column] = from;
    this.#ends[found.column] = pairs.length;
  }

  has(column: number): boolean {
    return this.#ranks[column] !== RANK_NONE;
  }

  /** Writes a promoted value as a String; an empty one when the record has no such attribute. */
  writePromoted(column: number, out: ByteBuffer): void {
    if (this.has(column)) out.raw(this.pairs.bytes, this.#starts[column]!, this.#ends[column]!);
    else out.u8(0);
  }

  /** A promoted value that must be a number below 65,536; 0 when it is not. */
  promotedUInt16(column: number): number {
    if (!this.has(column)) return 0;
    // The first byte is the length: five digits at most, so one byte.
    const start = this.#starts[column]! + 1;
    const end = this.#ends[column]!;
    if (end - start > 5) return 0;
    let value = 0;
    for (let at = start; at < end; at++) {
      const digit = this.pairs.bytes[at]! - 48;
      if (digit < 0 || digit > 9) return 0;
      value = value * 10 + digit;
    }
    return value > 0xffff ? 0 : value;
  }

  writeMap(out: ByteBuffer): void {
    out.varuint(this.count);
    out.append(this.pairs);
  }

  /** Copies the pairs out as strings: for the few records that are acted upon. */
  toRecord(): Record<string, string> {
    const { bytes, length } = this.pairs;
    const texts: string[] = [];
    for (let at = 0; at < length;) {
      let size = 0;
      let shift = 0;
      let byte: number;
      do {
        byte = bytes[at++]!;
        size |= (byte & 0x7f) << shift;
        shift += 7;
      } while (byte > 0x7f);
      texts.push(bytes.toString('utf8', at, at + size));
      at += size;
    }
    const record: Record<string, string> = Object.create(null);
    for (let index = 0; index < texts.length; index += 2) record[texts[index]!] ??= texts[index + 1]!;
    return record;
  }
}
