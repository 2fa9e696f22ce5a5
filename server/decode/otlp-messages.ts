/** How a field of OTLP/JSON goes on the wire. */
export type FieldKind = 'string' | 'hex' | 'base64' | 'bool' | 'double' | 'enum' | 'int64' | 'sint32' | 'fixed64';

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
const Scope = message({
  name: one(1, 'string'),
  version: one(2, 'string'),
  attributes: many(3, KeyValue),
});

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

const Exemplar = message({
  filteredAttributes: many(7, KeyValue),
  timeUnixNano: one(2, 'fixed64'),
  asDouble: one(3, 'double'),
  asInt: one(6, 'fixed64'),
  spanId: one(4, 'hex'),
  traceId: one(5, 'hex'),
});
const time = { startTimeUnixNano: one(2, 'fixed64'), timeUnixNano: one(3, 'fixed64') };
const sum = { count: one(4, 'fixed64'), sum: one(5, 'double') };

const NumberDataPoint = message({
  ...time,
  attributes: many(7, KeyValue),
  asDouble: one(4, 'double'),
  asInt: one(6, 'fixed64'),
  exemplars: many(5, Exemplar),
  flags: one(8, 'enum'),
});

const HistogramDataPoint = message({
  ...time,
  ...sum,
  attributes: many(9, KeyValue),
  bucketCounts: many(6, 'fixed64'),
  explicitBounds: many(7, 'double'),
  exemplars: many(8, Exemplar),
  flags: one(10, 'enum'),
});

const Buckets = message({ offset: one(1, 'sint32'), bucketCounts: many(2, 'int64') });
const ExponentialHistogramDataPoint = message({
  ...time,
  ...sum,
  attributes: many(1, KeyValue),
  scale: one(6, 'sint32'),
  zeroCount: one(7, 'fixed64'),
  positive: one(8, Buckets),
  negative: one(9, Buckets),
  flags: one(10, 'enum'),
  exemplars: many(11, Exemplar),
  zeroThreshold: one(14, 'double'),
});

const SummaryDataPoint = message({
  ...time,
  ...sum,
  attributes: many(7, KeyValue),
  quantileValues: many(6, message({ quantile: one(1, 'double'), value: one(2, 'double') })),
  flags: one(8, 'enum'),
});

const temporality = { aggregationTemporality: one(2, 'enum') };
const Metric = message({
  name: one(1, 'string'),
  description: one(2, 'string'),
  unit: one(3, 'string'),
  gauge: one(5, message({ dataPoints: many(1, NumberDataPoint) })),
  sum: one(7, message({ dataPoints: many(1, NumberDataPoint), ...temporality, isMonotonic: one(3, 'bool') })),
  histogram: one(9, message({ dataPoints: many(1, HistogramDataPoint), ...temporality })),
  exponentialHistogram: one(10, message({ dataPoints: many(1, ExponentialHistogramDataPoint), ...temporality })),
  summary: one(11, message({ dataPoints: many(1, SummaryDataPoint) })),
});

export const METRICS_REQUEST = message({
  resourceMetrics: many(
    1,
    message({
      resource: one(1, Resource),
      scopeMetrics: many(2, message({ scope: one(1, Scope), metrics: many(2, Metric), schemaUrl: one(3, 'string') })),
    }),
  ),
});
