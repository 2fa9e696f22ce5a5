import { CIRCUIT_EVENT, readTransition, writeTransition, type TransitionRow } from './circuit-transition.ts';
import type { LogEvent } from './log-event.ts';
import { LogReader } from './log-reader.ts';
import { ProtoReader } from './proto-reader.ts';
import { readBatches } from './read-batches.ts';
import { Rejections } from './rejections.ts';
import { Resource } from './resource.ts';
import { RowSink } from './row-sink.ts';
import { TimeWindow } from './time-window.ts';

export interface DecodedLogs {
  /** Of the table logs. */
  rows: RowSink;
  /** Of the table circuit_transitions: those that came as log records, which are in `rows` too. */
  transitionRows: RowSink;
  transitions: TransitionRow[];
  /** The other records that Switchyard acts upon. */
  events: LogEvent[];
  rejected: Rejections;
  /** Events that were kept as log records but could not be acted upon. */
  ignored: Rejections;
}

/** ExportLogsServiceRequest to rows; throws DecodeError when the bytes are none. */
export function decodeLogs(body: Uint8Array, nowMs: number): DecodedLogs {
  const decoded: DecodedLogs = {
    rows: RowSink.forBody(body),
    transitionRows: new RowSink(),
    transitions: [],
    events: [],
    rejected: new Rejections(),
    ignored: new Rejections(),
  };
  const resource = new Resource();
  const logs = new LogReader(new TimeWindow(nowMs));
  readBatches(new ProtoReader(body), resource, (reader) => {
    const reason = logs.read(reader, resource, decoded.rows);
    if (reason !== undefined) return decoded.rejected.add(reason);
    const event = logs.event(resource);
    if (event?.name === CIRCUIT_EVENT) addTransition(decoded, event);
    else if (event) decoded.events.push(event);
  });
  return decoded;
}

function addTransition(decoded: DecodedLogs, event: LogEvent): void {
  const transition = readTransition(event);
  if (typeof transition === 'string') return decoded.ignored.add(transition);
  decoded.transitions.push(transition);
  writeTransition(decoded.transitionRows, transition);
}
