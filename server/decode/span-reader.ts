import { adjustedCountOf } from './adjusted-count.ts';
import { Attributes } from './attributes.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { PromotionTable, SPAN_PROMOTIONS } from './promoted.ts';
import type { ProtoReader } from './proto-reader.ts';
import type { Resource } from './resource.ts';
import type { RowSink } from './row-sink.ts';
import type { SpanFacts } from './span-facts.ts';
import { OUTSIDE_WINDOW, type TimeWindow } from './time-window.ts';

const TABLE = new PromotionTable(SPAN_PROMOTIONS);
const STATUS_CODE_COLUMN = TABLE.columns.indexOf('http_response_status_code');
const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const KIND_MAX = 5;
const STATUS_MAX = 2;
/** Eight times what SDKs allow by default. */
const ATTRIBUTES_MAX = 1024;
const EVENTS_MAX = 1024;
const LINKS_MAX = 1024;
const ROW_BYTES_MAX = 4 * 1024 ** 2;

const NOTHING = { start: 0, end: 0 };

/**
 * Reads spans in one pass and writes their rows. Fields come in any order and columns in one, so ranges are remembered and
 * repeated parts are collected in buffers that are used again for every span.
 */
export class SpanReader {
  readonly #window: TimeWindow;
  readonly #attributes = new Attributes(TABLE);
  readonly #eventAttributes = new Attributes();
  readonly #eventTimes = new ByteBuffer();
  readonly #eventNames = new ByteBuffer();
  readonly #eventMaps = new ByteBuffer();
  readonly #linkTraces = new ByteBuffer();
  readonly #linkSpans = new ByteBuffer();
  #events = 0;
  #links = 0;
  #traceId = { ...NOTHING };
  #spanId = { ...NOTHING };
  #parentId = { ...NOTHING };
  #traceState = { ...NOTHING };
  #name = { ...NOTHING };
  #message = { ...NOTHING };
  #kind = 0;
  #status = 0;
  #startLo = 0;
  #startHi = 0;
  #endLo = 0;
  #endHi = 0;
  #fault: string | undefined;

  constructor(window: TimeWindow) {
    this.#window = window;
  }

  /** Writes the row of the span that the reader is in; returns why it was refused instead, if it was. */
  read(reader: ProtoReader, resource: Resource, rows: RowSink, facts: SpanFacts): string | undefined {
    this.#clear();
    while (reader.more) this.#field(reader, reader.tag());
    const refused = this.#fault ?? this.#refuse(reader.bytes, resource);
    if (refused !== undefined) return refused;
    this.#write(reader.bytes, resource, rows);
    facts.add({
      nameStart: this.#name.start,
      nameEnd: this.#name.end,
      kind: this.#kind > KIND_MAX ? 0 : this.#kind,
      status: this.#status > STATUS_MAX ? 0 : this.#status,
      durationNs: this.#durationNs(),
      traceIdStart: this.#traceId.start,
      spanIdStart: this.#spanId.start,
      adjustedCount: this.#adjustedCount(reader.bytes),
    });
    return undefined;
  }

  #clear(): void {
    this.#attributes.clear();
    this.#eventTimes.length = 0;
    this.#eventNames.length = 0;
    this.#eventMaps.length = 0;
    this.#linkTraces.length = 0;
    this.#linkSpans.length = 0;
    this.#events = 0;
    this.#links = 0;
    for (const range of [this.#traceId, this.#spanId, this.#parentId, this.#traceState, this.#name, this.#message]) {
      range.start = 0;
      range.end = 0;
    }
    this.#kind = 0;
    this.#status = 0;
    this.#startLo = 0;
    this.#startHi = 0;
    this.#endLo = 0;
    this.#endHi = 0;
    this.#fault = undefined;
  }

  #field(reader: ProtoReader, tag: number): void {
    switch (tag) {
      case 0x0a:
        return keep(reader, this.#traceId);
      case 0x12:
        return keep(reader, this.#spanId);
      case 0x1a:
        return keep(reader, this.#traceState);
      case 0x22:
        return keep(reader, this.#parentId);
      case 0x2a:
        return keep(reader, this.#name);
      case 0x30:
        this.#kind = reader.varint();
        return;
      case 0x39:
        reader.fixed64();
        this.#startLo = reader.lo;
        this.#startHi = reader.hi;
        return;
      case 0x41:
        reader.fixed64();
        this.#endLo = reader.lo;
        this.#endHi = reader.hi;
        return;
      case 0x4a:
        if (this.#attributes.count === ATTRIBUTES_MAX)
          return this.#tooMany(reader, tag, `${ATTRIBUTES_MAX} attributes`);
        return this.#attributes.read(reader);
      case 0x5a:
        if (this.#events === EVENTS_MAX) return this.#tooMany(reader, tag, `${EVENTS_MAX} events`);
        return this.#event(reader);
      case 0x6a:
        if (this.#links === LINKS_MAX) return this.#tooMany(reader, tag, `${LINKS_MAX} links`);
        return this.#link(reader);
      case 0x7a:
        return this.#readStatus(reader);
      default:
        reader.skip(tag);
    }
  }

  #tooMany(reader: ProtoReader, tag: number, what: string): void {
    this.#fault = `more than ${what}`;
    reader.skip(tag);
  }

  #event(reader: ProtoReader): void {
    let lo = 0;
    let hi = 0;
    let start = 0;
    let end = 0;
    const attributes = this.#eventAttributes;
    attributes.clear();
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x09) {
        reader.fixed64();
        ({ lo, hi } = reader);
      } else if (tag === 0x12) {
        reader.range();
        ({ start, end } = reader);
      } else if (tag === 0x1a && attributes.count < ATTRIBUTES_MAX) attributes.read(reader);
      else reader.skip(tag);
    }
    reader.leave(outer);
    this.#events++;
    // DateTime64 is signed; a time beyond its range is as good as none.
    this.#eventTimes.u64(hi > INT32_MAX ? 0 : lo, hi > INT32_MAX ? 0 : hi);
    this.#eventNames.utf8(reader.bytes, start, end);
    attributes.writeMap(this.#eventMaps);
  }

  #link(reader: ProtoReader): void {
    const { bytes } = reader;
    const outer = reader.enter();
    const traceId = { ...NOTHING };
    const spanId = { ...NOTHING };
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x0a) keep(reader, traceId);
      else if (tag === 0x12) keep(reader, spanId);
      else reader.skip(tag);
    }
    reader.leave(outer);
    if (size(traceId) !== TRACE_ID_BYTES || size(spanId) !== SPAN_ID_BYTES) {
      this.#fault = 'a link needs a trace id of 16 bytes and a span id of 8';
      return;
    }
    this.#links++;
    this.#linkTraces.raw(bytes, traceId.start, traceId.end);
    this.#linkSpans.raw(bytes, spanId.start, spanId.end);
  }

  #readStatus(reader: ProtoReader): void {
    const outer = reader.enter();
    while (reader.more) {
      const tag = reader.tag();
      if (tag === 0x12) keep(reader, this.#message);
      else if (tag === 0x18) this.#status = reader.varint();
      else reader.skip(tag);
    }
    reader.leave(outer);
  }

  #refuse(bytes: Uint8Array, resource: Resource): string | undefined {
    if (size(this.#traceId) !== TRACE_ID_BYTES) return 'a trace id must have 16 bytes';
    if (isZero(bytes, this.#traceId)) return 'a trace id must not be all zero';
    if (size(this.#spanId) !== SPAN_ID_BYTES) return 'a span id must have 8 bytes';
    if (isZero(bytes, this.#spanId)) return 'a span id must not be all zero';
    const parentBytes = size(this.#parentId);
    if (parentBytes !== 0 && parentBytes !== SPAN_ID_BYTES) return 'a parent span id must have 8 bytes or none';
    if (!this.#window.includes(this.#startLo, this.#startHi)) return OUTSIDE_WINDOW;
    const rowBytes =
      this.#attributes.pairs.length +
      this.#eventMaps.length +
      this.#eventNames.length +
      resource.scope.length +
      size(this.#name) +
      size(this.#message) +
      size(this.#traceState);
    return rowBytes > ROW_BYTES_MAX
      ? `a span with its resource must stay below ${ROW_BYTES_MAX / 1024 ** 2} MiB`
      : undefined;
  }

  /** In the order of TABLE_COLUMNS.spans. */
  #write(bytes: Uint8Array, resource: Resource, rows: RowSink): void {
    rows.u64(this.#startLo, this.#startHi);
    this.#writeDuration(rows);
    rows.raw(bytes, this.#traceId.start, this.#traceId.end);
    rows.raw(bytes, this.#spanId.start, this.#spanId.end);
    if (size(this.#parentId) === 0) rows.u64(0, 0);
    else rows.raw(bytes, this.#parentId.start, this.#parentId.end);
    rows.utf8(bytes, this.#traceState.start, this.#traceState.end);
    rows.append(resource.service);
    rows.utf8(bytes, this.#name.start, this.#name.end);
    rows.u8(this.#kind > KIND_MAX ? 0 : this.#kind);
    rows.u8(this.#status > STATUS_MAX ? 0 : this.#status);
    rows.utf8(bytes, this.#message.start, this.#message.end);
    for (let column = 0; column < TABLE.columns.length; column++) {
      if (column === STATUS_CODE_COLUMN) rows.u16(this.#attributes.promotedUInt16(column));
      else this.#attributes.writePromoted(column, rows);
    }
    rows.append(resource.scope);
    this.#attributes.writeMap(rows);
    for (const [count, elements] of [
      [this.#events, this.#eventTimes],
      [this.#events, this.#eventNames],
      [this.#events, this.#eventMaps],
      [this.#links, this.#linkTraces],
      [this.#links, this.#linkSpans],
    ] as const) {
      rows.varuint(count);
      rows.append(elements);
    }
    rows.endRow();
  }

  #adjustedCount(bytes: Uint8Array): number {
    const { start, end } = this.#traceState;
    return start === end
      ? 1
      : adjustedCountOf(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1'));
  }

  #durationNs(): number {
    return Math.max(0, (this.#endHi - this.#startHi) * 2 ** 32 + (this.#endLo - this.#startLo));
  }

  /** A span that ends before it starts (clocks step back) lasted 0. */
  #writeDuration(rows: RowSink): void {
    const borrow = this.#endLo < this.#startLo ? 1 : 0;
    const hi = this.#endHi - this.#startHi - borrow;
    if (hi < 0) rows.u64(0, 0);
    else rows.u64((this.#endLo - this.#startLo) >>> 0, hi);
  }
}

const INT32_MAX = 0x7fffffff;

interface Range {
  start: number;
  end: number;
}

function keep(reader: ProtoReader, range: Range): void {
  reader.range();
  range.start = reader.start;
  range.end = reader.end;
}

function size(range: Range): number {
  return range.end - range.start;
}

function isZero(bytes: Uint8Array, { start, end }: Range): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}
