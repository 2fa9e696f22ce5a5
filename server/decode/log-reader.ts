import { writeAnyValue } from './any-value.ts';
import { Attributes } from './attributes.ts';
import { ByteBuffer } from './byte-buffer.ts';
import type { LogEvent } from './log-event.ts';
import { LOG_PROMOTIONS, PromotionTable } from './promoted.ts';
import type { ProtoReader } from './proto-reader.ts';
import type { Resource } from './resource.ts';
import type { RowSink } from './row-sink.ts';
import { OUTSIDE_WINDOW, toMs, type TimeWindow } from './time-window.ts';

const TABLE = new PromotionTable(LOG_PROMOTIONS);
const EVENT_NAME = TABLE.columns.indexOf('event_name');
const SEVERITY_MAX = 24;
const ATTRIBUTES_MAX = 1024;
const ROW_BYTES_MAX = 4 * 1024 ** 2;
/** Events with such a name are acted upon when they arrive. */
const OWN_EVENTS = Buffer.from('switchyard.');

/** Reads log records in one pass and writes their rows. */
export class LogReader {
  readonly #window: TimeWindow;
  readonly #attributes = new Attributes(TABLE);
  readonly #body = new ByteBuffer();
  readonly #severityText = new ByteBuffer(64);
  readonly #eventName = new ByteBuffer(64);
  readonly #ids = new ByteBuffer(64);
  #severity = 0;
  #lo = 0;
  #hi = 0;
  #observedLo = 0;
  #observedHi = 0;
  #fault: string | undefined;

  constructor(window: TimeWindow) {
    this.#window = window;
  }

  /** Writes the row of the record that the reader is in; returns why it was refused instead, if it was. */
  read(reader: ProtoReader, resource: Resource, rows: RowSink): string | undefined {
    this.#clear();
    while (reader.more) this.#field(reader, reader.tag());
    this.#settleTime();
    this.#settleEventName();
    const refused = this.#fault ?? this.#refuse(resource);
    if (refused === undefined) this.#write(resource, rows);
    return refused;
  }

  /** The record just read, when it is an event that Switchyard acts upon. */
  event(resource: Resource): LogEvent | undefined {
    const name = this.#eventName.bytes;
    if (this.#eventName.length <= OWN_EVENTS.length) return undefined;
    // Behind one byte of length.
    if (name.compare(OWN_EVENTS, 0, OWN_EVENTS.length, 1, 1 + OWN_EVENTS.length) !== 0) return undefined;
    return {
      name: textOf(this.#eventName),
      timestampMs: toMs(this.#lo, this.#hi),
      ...resource.names(),
      body: textOf(this.#body),
      attributes: this.#attributes.toRecord(),
    };
  }

  #clear(): void {
    this.#attributes.clear();
    for (const buffer of [this.#body, this.#severityText, this.#eventName]) {
      buffer.length = 0;
      buffer.u8(0);
    }
    this.#ids.length = 0;
    this.#ids.zeros(TRACE_ID_BYTES + SPAN_ID_BYTES);
    this.#severity = 0;
    this.#lo = 0;
    this.#hi = 0;
    this.#observedLo = 0;
    this.#observedHi = 0;
    this.#fault = undefined;
  }

  #field(reader: ProtoReader, tag: number): void {
    switch (tag) {
      case 0x09:
        reader.fixed64();
        this.#lo = reader.lo;
        this.#hi = reader.hi;
        return;
      case 0x59:
        reader.fixed64();
        this.#observedLo = reader.lo;
        this.#observedHi = reader.hi;
        return;
      case 0x10:
        this.#severity = reader.varint();
        return;
      case 0x1a:
        return keepText(reader, this.#severityText);
      case 0x2a: {
        const outer = reader.enter();
        this.#body.length = 0;
        writeAnyValue(reader, this.#body);
        return reader.leave(outer);
      }
      case 0x32:
        if (this.#attributes.count < ATTRIBUTES_MAX) return this.#attributes.read(reader);
        this.#fault = `more than ${ATTRIBUTES_MAX} attributes`;
        return reader.skip(tag);
      case 0x4a:
        return this.#keepId(reader, 0, TRACE_ID_BYTES, 'a trace id must have 16 bytes or none');
      case 0x52:
        return this.#keepId(reader, TRACE_ID_BYTES, SPAN_ID_BYTES, 'a span id must have 8 bytes or none');
      case 0x62:
        return keepText(reader, this.#eventName);
      default:
        reader.skip(tag);
    }
  }

  #keepId(reader: ProtoReader, at: number, bytes: number, fault: string): void {
    reader.range();
    const given = reader.end - reader.start;
    if (given === bytes) this.#ids.bytes.set(reader.bytes.subarray(reader.start, reader.end), at);
    else if (given !== 0) this.#fault = fault;
  }

  /** A source without a clock of its own leaves the time to whoever saw the record first; that may be us. */
  #settleTime(): void {
    if (this.#lo !== 0 || this.#hi !== 0) return;
    this.#lo = this.#observedLo;
    this.#hi = this.#observedHi;
    if (this.#lo !== 0 || this.#hi !== 0) return;
    const ns = BigInt(this.#window.nowMs) * 1_000_000n;
    this.#lo = Number(ns & 0xffff_ffffn);
    this.#hi = Number(ns >> 32n);
  }

  #settleEventName(): void {
    if (this.#eventName.bytes[0] !== 0 || !this.#attributes.has(EVENT_NAME)) return;
    this.#eventName.length = 0;
    this.#attributes.writePromoted(EVENT_NAME, this.#eventName);
  }

  #refuse(resource: Resource): string | undefined {
    if (!this.#window.includes(this.#lo, this.#hi)) return OUTSIDE_WINDOW;
    const rowBytes = this.#body.length + this.#attributes.pairs.length + resource.scope.length;
    return rowBytes > ROW_BYTES_MAX
      ? `a log record with its resource must stay below ${ROW_BYTES_MAX / 1024 ** 2} MiB`
      : undefined;
  }

  /** In the order of TABLE_COLUMNS.logs. */
  #write(resource: Resource, rows: RowSink): void {
    rows.u64(this.#lo, this.#hi);
    rows.append(this.#ids);
    rows.append(resource.service);
    rows.u8(this.#severity > SEVERITY_MAX ? 0 : this.#severity);
    rows.append(this.#severityText);
    rows.append(this.#eventName);
    rows.append(this.#body);
    rows.append(resource.scope);
    this.#attributes.writeMap(rows);
    rows.endRow();
  }
}

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;

function keepText(reader: ProtoReader, into: ByteBuffer): void {
  reader.range();
  into.length = 0;
  into.utf8(reader.bytes, reader.start, reader.end);
}

/** The string behind its length. */
function textOf(buffer: ByteBuffer): string {
  let at = 0;
  while (buffer.bytes[at]! > 0x7f) at++;
  return buffer.bytes.toString('utf8', at + 1, buffer.length);
}
