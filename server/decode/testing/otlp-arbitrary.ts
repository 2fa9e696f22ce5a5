import fc from 'fast-check';

/** Requests as protobufjs takes them and OTLP/JSON spells them, all valid. `Buffer`s are ids and bytes values. */
export interface AnyValueModel {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number;
  bytesValue?: Buffer;
  arrayValue?: { values: AnyValueModel[] };
  kvlistValue?: { values: KeyValueModel[] };
}

export interface KeyValueModel {
  key: string;
  value?: AnyValueModel;
}

export interface SpanModel {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  traceState: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValueModel[];
  events: { timeUnixNano: string; name: string; attributes: KeyValueModel[] }[];
  links: { traceId: Buffer; spanId: Buffer }[];
  status: { message: string; code: number };
}

export interface LogModel {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber: number;
  severityText: string;
  body: AnyValueModel;
  attributes: KeyValueModel[];
  traceId: Buffer;
  spanId: Buffer;
  eventName: string;
}

export const NOW_MS = 1_790_000_000_000;

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 100, maxLength: 300 }) },
);
const key = fc.oneof(
  text,
  fc.constantFrom(
    'service.name',
    'service.instance.id',
    'deployment.environment',
    'deployment.environment.name',
    'http.method',
    'http.request.method',
    'http.status_code',
    'http.response.status_code',
    'http.route',
    'db.system',
    'peer.service',
    'event.name',
    'circuit_breaker.name',
    'circuit_breaker.outcome',
  ),
);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((b) => Buffer.from(b));
const id = (length: number) => bytes(length).filter((b) => b.some((byte) => byte !== 0));

const { anyValue, keyValue } = fc.letrec<{ anyValue: AnyValueModel; keyValue: KeyValueModel }>((tie) => ({
  keyValue: fc.record({ key, value: tie('anyValue') }, { requiredKeys: ['key'] }),
  anyValue: fc.oneof(
    { maxDepth: 3 },
    fc.record({ stringValue: text }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
    fc.record({ intValue: fc.integer({ min: 0, max: 599 }).map(String) }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ bytesValue: fc.uint8Array({ maxLength: 20 }).map((b) => Buffer.from(b)) }),
    fc.constant({}),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('anyValue'), { maxLength: 4 }) }) }),
    fc.record({ kvlistValue: fc.record({ values: fc.array(tie('keyValue'), { maxLength: 4 }) }) }),
  ),
}));
export const attributes = fc.array(keyValue, { maxLength: 12 });
export const nano = fc
  .bigInt({ min: BigInt(NOW_MS - 86_400_000) * 1_000_000n, max: BigInt(NOW_MS) * 1_000_000n })
  .map(String);

const span: fc.Arbitrary<SpanModel> = fc.record({
  traceId: id(16),
  spanId: id(8),
  parentSpanId: fc.oneof(id(8), fc.constant(Buffer.alloc(0))),
  traceState: text,
  name: text,
  kind: fc.integer({ min: 0, max: 5 }),
  startTimeUnixNano: nano,
  endTimeUnixNano: nano,
  attributes,
  events: fc.array(fc.record({ timeUnixNano: nano, name: text, attributes }), { maxLength: 3 }),
  links: fc.array(fc.record({ traceId: id(16), spanId: id(8) }), { maxLength: 3 }),
  status: fc.record({ message: text, code: fc.integer({ min: 0, max: 2 }) }),
});

const log: fc.Arbitrary<LogModel> = fc.record({
  timeUnixNano: fc.oneof(nano, fc.constant('0')),
  observedTimeUnixNano: nano,
  severityNumber: fc.integer({ min: 0, max: 24 }),
  severityText: text,
  body: anyValue,
  attributes,
  traceId: fc.oneof(bytes(16), fc.constant(Buffer.alloc(0))),
  spanId: fc.oneof(bytes(8), fc.constant(Buffer.alloc(0))),
  eventName: text,
});

const resource = fc.record({ attributes });
const scope = fc.record({ name: text, version: text, attributes });

export const traceRequest = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource,
      scopeSpans: fc.array(fc.record({ scope, spans: fc.array(span, { maxLength: 4 }) }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});
export type TraceRequestModel = typeof traceRequest extends fc.Arbitrary<infer T> ? T : never;

export const logsRequest = fc.record({
  resourceLogs: fc.array(
    fc.record({
      resource,
      scopeLogs: fc.array(fc.record({ scope, logRecords: fc.array(log, { maxLength: 4 }) }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});
export type LogsRequestModel = typeof logsRequest extends fc.Arbitrary<infer T> ? T : never;

/** As OTLP/JSON writes it: ids in hex, bytes in base64, 64-bit integers as strings, NaN and infinities as strings. */
export function toOtlpJson(request: object): Buffer {
  const json = JSON.stringify(request, function (this: Record<string, unknown>, name, value) {
    const original = this[name];
    if (Buffer.isBuffer(original)) return original.toString(name === 'bytesValue' ? 'base64' : 'hex');
    if (typeof original === 'number' && !Number.isFinite(original)) return String(original);
    if (Object.is(original, -0)) return '-0';
    return value;
  });
  return Buffer.from(json);
}
