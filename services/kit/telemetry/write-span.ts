import type { Link, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import type { ProtoWriter } from './proto-writer.ts';
import { writeAttributes } from './write-attributes.ts';

/** Of flags: what follows about the parent is known, and it is in another process. */
const [KNOWS_REMOTE, IS_REMOTE] = [0x100, 0x200];

/** opentelemetry.proto.trace.v1.Span, without its tag and length. */
export function writeSpan(to: ProtoWriter, span: ReadableSpan): void {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  const { parentSpanContext: parent, status } = span;
  to.hex(1, traceId);
  to.hex(2, spanId);
  if (traceState) to.string(3, traceState.serialize());
  if (parent) to.hex(4, parent.spanId);
  to.string(5, span.name);
  // The API begins to count at 0, the wire keeps that for "unspecified".
  to.varint(6, span.kind + 1);
  to.nanoseconds(7, span.startTime);
  to.nanoseconds(8, span.endTime);
  writeAttributes(to, 9, span.attributes);
  if (span.droppedAttributesCount > 0) to.varint(10, span.droppedAttributesCount);
  for (const event of span.events) writeEvent(to, event);
  if (span.droppedEventsCount > 0) to.varint(12, span.droppedEventsCount);
  for (const link of span.links) writeLink(to, link);
  if (span.droppedLinksCount > 0) to.varint(14, span.droppedLinksCount);
  const start = to.begin(15);
  if (status.message) to.string(2, status.message);
  if (status.code !== 0) to.varint(3, status.code);
  to.end(start);
  to.fixed32(16, flagsOf(traceFlags, parent));
}

function writeEvent(to: ProtoWriter, { time, name, attributes, droppedAttributesCount }: TimedEvent): void {
  const start = to.begin(11);
  to.nanoseconds(1, time);
  to.string(2, name);
  if (attributes) writeAttributes(to, 3, attributes);
  if (droppedAttributesCount) to.varint(4, droppedAttributesCount);
  to.end(start);
}

function writeLink(to: ProtoWriter, { context, attributes, droppedAttributesCount }: Link): void {
  const start = to.begin(13);
  to.hex(1, context.traceId);
  to.hex(2, context.spanId);
  if (context.traceState) to.string(3, context.traceState.serialize());
  if (attributes) writeAttributes(to, 4, attributes);
  if (droppedAttributesCount) to.varint(5, droppedAttributesCount);
  to.fixed32(6, flagsOf(context.traceFlags, context));
  to.end(start);
}

function flagsOf(traceFlags: number, other: SpanContext | undefined): number {
  return (traceFlags & 0xff) | KNOWS_REMOTE | (other?.isRemote ? IS_REMOTE : 0);
}
