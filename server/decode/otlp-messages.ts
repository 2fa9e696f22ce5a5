/** How a field of OTLP/JSON goes on the wire. */
export type FieldKind = 'string' | 'hex' | 'base64' | 'bool' | 'double' | 'enum' | 'int64' | 'fixed64';

export interface Field {
  number: number;
  type: FieldKind | Message;
  repeated: boolean;
}

export type Message = Map<string, Field>;

// The fields of opentelemetry-proto v1 that rows are made of; any other is skipped as unknown fields are.
const one = (number: number, type: Field['type']): Field => ({ number, type, repeated: false });
const many = (number: number, type: Field['type']): Field => ({ number, type, repeated: true });
const message = (fields: Record<string, Field>): Message => new Map(Object.entries(fields));

const AnyValue: Message = new Map();
const KeyValue = message({ key: one(1, 'string'), value: one(2, AnyValue) });
for (const [name, field] of Object.entries({
  stringValue: one(1, 'string'),
  boolValue: one(2, 'bool'),
  intValue: one(3, 'int64'),
  doubleValue: one(4, 'double'),
  arrayValue: one(5, message({ values: many(1, AnyValue) })),
  kvlistValue: one(6, message({ values: many(1, KeyValue) })),
  bytesValue: one(7, 'base64'),
})) {
  AnyValue.set(name, field);
}

const Resource = message({ attributes: many(1, KeyValue) });
const Scope = message({ name: one(1, 'string') });

const Span = message({
  traceId: one(1, 'hex'),
  spanId: one(2, 'hex'),
  traceState: one(3, 'string'),
  parentSpanId: one(4, 'hex'),
  name: one(5, 'string'),
  kind: one(6, 'enum'),
  startTimeUnixNano: one(7, 'fixed64'),
  endTimeUnixNano: one(8, 'fixed64'),
  attributes: many(9, KeyValue),
  events: many(11, message({ timeUnixNano: one(1, 'fixed64'), name: one(2, 'string'), attributes: many(3, KeyValue) })),
  links: many(13, message({ traceId: one(1, 'hex'), spanId: one(2, 'hex') })),
  status: one(15, message({ message: one(2, 'string'), code: one(3, 'enum') })),
});

const LogRecord = message({
  timeUnixNano: one(1, 'fixed64'),
  observedTimeUnixNano: one(11, 'fixed64'),
  severityNumber: one(2, 'enum'),
  severityText: one(3, 'string'),
  body: one(5, AnyValue),
  attributes: many(6, KeyValue),
  traceId: one(9, 'hex'),
  spanId: one(10, 'hex'),
  eventName: one(12, 'string'),
});

export const TRACE_REQUEST = message({
  resourceSpans: many(
    1,
    message({
      resource: one(1, Resource),
      scopeSpans: many(2, message({ scope: one(1, Scope), spans: many(2, Span) })),
    }),
  ),
});

export const LOGS_REQUEST = message({
  resourceLogs: many(
    1,
    message({
      resource: one(1, Resource),
      scopeLogs: many(2, message({ scope: one(1, Scope), logRecords: many(2, LogRecord) })),
    }),
  ),
});
