import type { ParsedExemplar } from './parse-exposition.ts';
import type { ProtoReader } from './proto-reader.ts';

export type Label = [name: string, value: string];

/** A LabelPair of io.prometheus.client. */
export function readLabel(reader: ProtoReader): Label {
  const label: Label = ['', ''];
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) label[0] = reader.text();
    else if (tag === 0x12) label[1] = reader.text();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return label;
}

export function readExemplar(reader: ProtoReader): ParsedExemplar {
  const exemplar: ParsedExemplar = { labels: [], value: 0, timestampMs: undefined };
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) exemplar.labels.push(readLabel(reader));
    else if (tag === 0x11) exemplar.value = reader.double();
    else if (tag === 0x1a) exemplar.timestampMs = Math.round(readTimestamp(reader) * 1000);
    else reader.skip(tag);
  }
  reader.leave(outer);
  return exemplar;
}

/** A google.protobuf.Timestamp in seconds. */
export function readTimestamp(reader: ProtoReader): number {
  let seconds = 0;
  let nanos = 0;
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) seconds = signed64(reader);
    else if (tag === 0x10) nanos = reader.varint();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return seconds + nanos / 1e9;
}

export function signed64(reader: ProtoReader): number {
  reader.varint64();
  return (reader.hi | 0) * 2 ** 32 + reader.lo;
}
