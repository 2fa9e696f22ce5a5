import { ProtoReader } from './proto-reader.ts';
import { readBatches } from './read-batches.ts';
import { Rejections } from './rejections.ts';
import { Resource } from './resource.ts';
import { RowSink } from './row-sink.ts';
import { SpanReader } from './span-reader.ts';
import { TimeWindow } from './time-window.ts';

export interface DecodedTraces {
  /** Of the table spans. */
  rows: RowSink;
  rejected: Rejections;
}

/** ExportTraceServiceRequest to rows; throws DecodeError when the bytes are none. */
export function decodeTraces(body: Uint8Array, nowMs: number): DecodedTraces {
  const rows = RowSink.forBody(body);
  const rejected = new Rejections();
  const resource = new Resource();
  const spans = new SpanReader(new TimeWindow(nowMs));
  readBatches(new ProtoReader(body), resource, (reader) => {
    const reason = spans.read(reader, resource, rows);
    if (reason !== undefined) rejected.add(reason);
  });
  return { rows, rejected };
}
