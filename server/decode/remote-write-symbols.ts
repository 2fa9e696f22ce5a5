import { DecodeError } from './decode-error.ts';
import type { LabelSet } from './label-set.ts';
import { typeName } from './metric-families.ts';
import type { Family } from './parse-exposition.ts';
import { ProtoReader } from './proto-reader.ts';

/** The strings of a request of remote write 2.0, wherever in it they stand: kept as places in its bytes. */
export function readSymbols(body: Uint8Array): Symbols {
  const symbols = new Symbols(body);
  const reader = new ProtoReader(body);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x22) {
      reader.range();
      symbols.starts.push(reader.start);
      symbols.ends.push(reader.end);
    } else reader.skip(tag);
  }
  if (symbols.starts.length > 0 && symbols.starts[0] !== symbols.ends[0]) {
    throw new DecodeError('The first symbol must be the empty string');
  }
  return symbols;
}

export class Symbols {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly #body: Uint8Array;
  #name: number | undefined;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  /** Pairs of references, one behind the other without tags, as senders write them. */
  readLabels(reader: ProtoReader, labels: LabelSet): void {
    const outer = reader.enter();
    while (reader.more) this.#reference(reader.varint(), labels);
    reader.leave(outer);
  }

  /** A single reference with a tag of its own, which readers must take as well. */
  readLabel(reader: ProtoReader, labels: LabelSet): void {
    this.#reference(reader.varint(), labels);
  }

  /** Called when all references of a series are read. */
  endLabels(): void {
    if (this.#name !== undefined) throw new DecodeError('A series has a label name without a value');
  }

  readFamily(reader: ProtoReader): Family {
    const family: Family = { type: 'unknown', help: '', unit: '' };
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x08) family.type = typeName(reader.varint());
      else if (tag === 0x18) family.help = this.#text(reader.varint());
      else if (tag === 0x20) family.unit = this.#text(reader.varint());
      else reader.skip(tag);
    }
    reader.leave(outer);
    return family;
  }

  #reference(index: number, labels: LabelSet): void {
    this.#check(index);
    if (this.#name === undefined) {
      this.#name = index;
      return;
    }
    const name = this.#name;
    this.#name = undefined;
    labels.add(this.#body, this.starts[name]!, this.ends[name]!, this.starts[index]!, this.ends[index]!);
  }

  #text(index: number): string {
    this.#check(index);
    return Buffer.from(this.#body.subarray(this.starts[index], this.ends[index])).toString('utf8');
  }

  #check(index: number): void {
    if (index < this.starts.length) return;
    throw new DecodeError(`A reference to symbol ${index} of ${this.starts.length}`);
  }
}
