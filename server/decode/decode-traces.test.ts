import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { decodeTraces } from './decode-traces.ts';
import { jsonToProto } from './json-to-proto.ts';
import { TRACE_REQUEST } from './otlp-messages.ts';
import { expectedSpanRows } from './testing/expected-rows.ts';
import { NOW_MS, toOtlpJson, traceRequest } from './testing/otlp-arbitrary.ts';
import { encode, TraceRequestType } from './testing/otlp-root.ts';
import { readRows } from './testing/read-rows.ts';

const START_NS = BigInt(NOW_MS) * 1_000_000n;
const GOOD = {
  traceId: Buffer.alloc(16, 0xab),
  spanId: Buffer.alloc(8, 0xcd),
  name: 'GET /users/:id',
  startTimeUnixNano: String(START_NS),
  endTimeUnixNano: String(START_NS + 1_500_000n),
};

function decodeSpans(...spans: object[]) {
  const body = encode(TraceRequestType, { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const { rows, rejected } = decodeTraces(body, NOW_MS);
  return { rows: readRows('spans', rows.chunks()), rejected };
}

describe('decodeTraces', () => {
  it('reads what protobufjs wrote, and the same request as OTLP/JSON, into the same expected rows', () => {
    fc.assert(
      fc.property(traceRequest, (request) => {
        const expected = expectedSpanRows(request);
        const fromProto = decodeTraces(encode(TraceRequestType, request), NOW_MS);
        const fromJson = decodeTraces(jsonToProto(toOtlpJson(request), TRACE_REQUEST), NOW_MS);
        expect(fromProto.rejected.count).toBe(0);
        expect(readRows('spans', fromProto.rows.chunks())).toEqual(expected);
        expect(readRows('spans', fromJson.rows.chunks())).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('tells of each span in its rows what series are derived from', () => {
    fc.assert(
      fc.property(traceRequest, (request) => {
        const { rows, facts } = decodeTraces(encode(TraceRequestType, request), NOW_MS);
        const told: object[] = [];
        facts.each((service, { nameStart, nameEnd, kind, status, durationNs, traceIdStart, spanIdStart }) => {
          const bytes = Buffer.from(facts.bytes);
          told.push({
            service_name: service,
            name: bytes.toString('utf8', nameStart, nameEnd),
            kind,
            status_code: status,
            duration_ns: durationNs,
            trace_id: bytes.toString('hex', traceIdStart, traceIdStart + 16),
            span_id: bytes.toString('hex', spanIdStart, spanIdStart + 8),
          });
        });
        const expected = readRows('spans', rows.chunks()).map((row) => ({
          service_name: row['service_name'],
          name: row['name'],
          kind: row['kind'],
          status_code: row['status_code'],
          duration_ns: Number(row['duration_ns']),
          trace_id: row['trace_id'],
          span_id: row['span_id'],
        }));
        expect(told).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('answers damaged bytes with rows or a DecodeError, never with anything else', () => {
    const damaged = fc
      .tuple(
        traceRequest,
        fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 8 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
      )
      .map(([request, flips, part]) => {
        const body = Buffer.from(encode(TraceRequestType, request));
        for (const [at, bit] of flips) if (body.length > 0) body[at % body.length]! ^= 1 << bit;
        return body.subarray(0, Math.ceil(body.length * part));
      });
    fc.assert(
      fc.property(damaged, (body) => {
        try {
          const { rows } = decodeTraces(body, NOW_MS);
          readRows('spans', rows.chunks());
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        try {
          decodeTraces(body, NOW_MS);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses a body cut off at any byte but where a whole message ends', () => {
    const body = encode(TraceRequestType, { resourceSpans: [{ scopeSpans: [{ spans: [GOOD] }] }] });
    for (let length = 1; length < body.length; length++) {
      expect(() => decodeTraces(body.subarray(0, length), NOW_MS)).toThrow(DecodeError);
    }
    expect(decodeTraces(body.subarray(0, 0), NOW_MS).rows.rows).toBe(0);
  });

  it.each([
    ['a trace id of 15 bytes', { traceId: Buffer.alloc(15, 1) }, 'a trace id must have 16 bytes'],
    ['an all-zero trace id', { traceId: Buffer.alloc(16) }, 'a trace id must not be all zero'],
    ['no span id', { spanId: Buffer.alloc(0) }, 'a span id must have 8 bytes'],
    ['an all-zero span id', { spanId: Buffer.alloc(8) }, 'a span id must not be all zero'],
    ['a parent of 4 bytes', { parentSpanId: Buffer.alloc(4, 1) }, 'a parent span id must have 8 bytes or none'],
    ['no start time', { startTimeUnixNano: '0' }, 'the time is over 31 days ago'],
    ['milliseconds for nanoseconds', { startTimeUnixNano: String(NOW_MS) }, 'the time is over 31 days ago'],
    ['a start two days ahead', { startTimeUnixNano: String(START_NS + 172_800_000_000_000n) }, 'the time is over 31'],
    ['a link without a span id', { links: [{ traceId: Buffer.alloc(16, 1) }] }, 'a link needs'],
    [
      'too many attributes',
      { attributes: Array.from({ length: 1025 }, (_, n) => ({ key: `k${n}` })) },
      'more than 1024',
    ],
    ['5 MiB in one value', { attributes: [{ key: 'k', value: { stringValue: 'x'.repeat(5 << 20) } }] }, 'below 4 MiB'],
  ])('rejects %s with the reason and keeps its neighbours', (_, fault, reason) => {
    const { rows, rejected } = decodeSpans(GOOD, { ...GOOD, ...fault }, GOOD);
    expect(rows).toHaveLength(2);
    expect(rejected.count).toBe(1);
    expect(rejected.describe()).toContain(reason);
  });

  it('takes a span that ends before it starts as one of no duration', () => {
    const { rows } = decodeSpans({ ...GOOD, endTimeUnixNano: String(START_NS - 1n) });
    expect(rows[0]!['duration_ns']).toBe(0n);
  });

  it('prefers the current name of an attribute over an old one, wherever they stand', () => {
    const attributes = [
      { key: 'http.method', value: { stringValue: 'OLD' } },
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'http.status_code', value: { intValue: '503' } },
    ];
    const expected = { http_request_method: 'GET', http_response_status_code: 503 };
    expect(decodeSpans({ ...GOOD, attributes }).rows[0]).toMatchObject(expected);
    expect(decodeSpans({ ...GOOD, attributes: attributes.toReversed() }).rows[0]).toMatchObject(expected);
  });

  it('refuses a string that is not UTF-8, short or long', () => {
    for (const padding of ['', 'x'.repeat(100)]) {
      const body = Buffer.from(
        encode(TraceRequestType, { resourceSpans: [{ scopeSpans: [{ spans: [{ ...GOOD, name: `${padding}QQ` }] }] }] }),
      );
      body[body.indexOf('QQ')] = 0xff;
      expect(() => decodeTraces(body, NOW_MS)).toThrow(/not valid UTF-8/);
    }
  });

  it('refuses values nested without end', () => {
    let value: object = { intValue: '1' };
    for (let depth = 0; depth < 10_000; depth++) value = { arrayValue: { values: [value] } };
    let json: string = '{"intValue":1}';
    for (let depth = 0; depth < 10_000; depth++) json = `{"arrayValue":{"values":[${json}]}}`;
    const text = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":${json}}]}]}]}]}`;
    expect(() => decodeTraces(jsonToProto(Buffer.from(text), TRACE_REQUEST), NOW_MS)).toThrow(/nested deeper/);
  });

  it('finds the resource wherever it stands, and skips fields and groups that it does not know', () => {
    const resource = encode(TraceRequestType, {
      resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'late' } }] } }],
    });
    const spans = encode(TraceRequestType, { resourceSpans: [{ scopeSpans: [{ spans: [GOOD] }] }] });
    // One ResourceSpans: unknown varint 100, group 101 with a field inside, then scope_spans, then resource.
    const unknown = Buffer.from([0xa0, 0x06, 0x01, 0xab, 0x06, 0x0a, 0x01, 0x41, 0xac, 0x06]);
    const inner = Buffer.concat([unknown, spans.subarray(2), resource.subarray(2)]);
    const body = Buffer.concat([Buffer.from([0x0a, inner.length]), inner]);
    expect(inner.length).toBeLessThan(128);
    const { rows } = decodeTraces(body, NOW_MS);
    expect(readRows('spans', rows.chunks())[0]).toMatchObject({ service_name: 'late', name: GOOD.name });
  });

  it('cuts many rows into chunks at row ends', () => {
    const attributes = [{ key: 'k', value: { stringValue: 'x'.repeat(200_000) } }];
    const body = encode(TraceRequestType, {
      resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: 50 }, () => ({ ...GOOD, attributes })) }] }],
    });
    const chunks = decodeTraces(body, NOW_MS).rows.chunks();
    expect(chunks.length).toBeGreaterThan(3);
    expect(readRows('spans', chunks)).toHaveLength(50);
  });
});
