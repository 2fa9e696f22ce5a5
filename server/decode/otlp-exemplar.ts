import { Attributes } from './attributes.ts';
import { isExemplar } from './exemplar.ts';
import type { Exemplar } from './metric-rows.ts';
import { toLabels } from './metric-naming.ts';
import type { ProtoReader } from './proto-reader.ts';
import { toMs } from './time-window.ts';

const ATTRIBUTES_MAX = 32;

/** Reads Exemplar messages of OTLP. */
export class OtlpExemplarReader {
  readonly #attributes = new Attributes();

  /** Of the message that the reader stands before; undefined when it leads nowhere. */
  read(reader: ProtoReader): Exemplar | undefined {
    const [trace, span] = [
      { start: 0, end: 0 },
      { start: 0, end: 0 },
    ];
    let timestampMs = 0;
    let value = Number.NaN;
    this.#attributes.clear();
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x11) {
        reader.fixed64();
        timestampMs = toMs(reader.lo, reader.hi);
      } else if (tag === 0x19) value = reader.double();
      else if (tag === 0x31) {
        reader.fixed64();
        value = (reader.hi | 0) * 2 ** 32 + reader.lo;
      } else if (tag === 0x22) keep(reader, span);
      else if (tag === 0x2a) keep(reader, trace);
      else if (tag === 0x3a && this.#attributes.count < ATTRIBUTES_MAX) this.#attributes.read(reader);
      else reader.skip(tag);
    }
    reader.leave(outer);
    const ids = [...idLabel('span_id', reader.bytes, span, 8), ...idLabel('trace_id', reader.bytes, trace, 16)];
    // What an aggregation left out of its labels is worth keeping where there is room, as in Prometheus.
    const labels = [...new Map([...toLabels(this.#attributes.toRecord()), ...ids])];
    const found = [labels, ids].find((given) => isExemplar({ labels: given, value }));
    return found && { timestampMs, value, labels: found };
  }
}

interface Range {
  start: number;
  end: number;
}

function keep(reader: ProtoReader, range: Range): void {
  reader.range();
  range.start = reader.start;
  range.end = reader.end;
}

function idLabel(name: string, bytes: Uint8Array, { start, end }: Range, length: number): [string, string][] {
  if (end - start !== length) return [];
  const id = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('hex');
  return /^0+$/.test(id) ? [] : [[name, id]];
}
