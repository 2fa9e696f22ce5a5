import { ProtoReader } from './proto-reader.ts';
import { readBatches } from './read-batches.ts';
import { Rejections } from './rejections.ts';
import { Resource } from './resource.ts';
import { RowSink } from './row-sink.ts';
import { SpanFacts } from './span-facts.ts';
import { SpanReader } from './span-reader.ts';
import { TimeWindow } from './time-window.ts';

export interface DecodedTraces {
  /** Of the table spans. */
  rows: RowSink;
  rejected: Rejections;
  /** Of the spans in `rows`. */
  facts: SpanFacts;
}

/** ExportTraceServiceRequest to rows; throws DecodeError when the bytes are none. */
export function decodeTraces(body: Uint8Array, nowMs: number): DecodedTraces {
  const rows = RowSink.forBody(body);
  const rejected = new Rejections();
  const resource = new Resource();
  const spans = new SpanReader(new TimeWindow(nowMs));
  const facts = new SpanFacts(body);
  const origin = {
    readResource: (reader: ProtoReader) => {
      resource.readResource(reader);
      facts.beginService(resource.serviceName());
    },
    readScope: (reader: ProtoReader) => resource.readScope(reader),
  };
  readBatches(new ProtoReader(body), origin, (reader) => {
    const reason = spans.read(reader, resource, rows, facts);
    if (reason !== undefined) rejected.add(reason);
  });
  return { rows, rejected, facts };
}
