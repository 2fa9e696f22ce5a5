import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { decodeTraces } from './decode-traces.ts';
import { jsonToProto } from './json-to-proto.ts';
import { TRACE_REQUEST } from './otlp-messages.ts';
import { NOW_MS } from './testing/otlp-arbitrary.ts';
import { readRows } from './testing/read-rows.ts';

const SPAN = {
  traceId: '0AF7651916CD43DD8448EB211C80319C',
  spanId: 'b7ad6b7169203331',
  startTimeUnixNano: `${NOW_MS}000000`,
  endTimeUnixNano: `${NOW_MS}000007`,
};

function decode(span: object) {
  const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
  return readRows('spans', decodeTraces(jsonToProto(body, TRACE_REQUEST), NOW_MS).rows.chunks())[0];
}

describe('jsonToProto', () => {
  it('takes hex of any case, 64-bit integers as strings or numbers, null as unset, and skips unknown fields', () => {
    const row = decode({
      ...SPAN,
      endTimeUnixNano: NOW_MS * 1e6,
      parentSpanId: null,
      kind: 2,
      futureField: { deep: [1] },
      attributes: [
        { key: 'number', value: { intValue: -3 } },
        { key: 'string', value: { intValue: '-9223372036854775808' } },
        { key: 'big', value: { intValue: '9007199254740993' } },
        { key: 'nan', value: { doubleValue: 'NaN' } },
        { key: 'inf', value: { doubleValue: '-Infinity' } },
        { key: 'whole', value: { doubleValue: 3 } },
      ],
    });
    expect(row).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      kind: 2,
      attributes: [
        ['number', '-3'],
        ['string', '-9223372036854775808'],
        ['big', '9007199254740993'],
        ['nan', 'NaN'],
        ['inf', '-Infinity'],
        ['whole', '3'],
      ],
    });
  });

  it.each([
    ['traceId', 'zz'.repeat(16), 'spans[0].traceId: expected hex digits'],
    ['traceId', 'abc', 'expected hex digits'],
    ['kind', 'SPAN_KIND_SERVER', 'OTLP/JSON has no enum names'],
    ['startTimeUnixNano', '12.5', 'expected an integer'],
    ['startTimeUnixNano', '99999999999999999999', 'an integer of 64 bits'],
    ['name', 7, 'resourceSpans[0].scopeSpans[0].spans[0].name: expected a string, got 7'],
    ['attributes', {}, 'expected an array'],
    ['attributes', [null], 'attributes[0]: expected an object'],
    ['attributes', [{ key: 'k', value: { bytesValue: '*' } }], 'expected base64'],
    ['attributes', [{ key: 'k', value: { boolValue: 'yes' } }], 'expected true or false'],
    ['attributes', [{ key: 'k', value: { doubleValue: '' } }], 'expected a number'],
  ])('names the field when %s is %j', (key, value, message) => {
    expect(() => decode({ ...SPAN, [key]: value })).toThrow(message);
    expect(() => decode({ ...SPAN, [key]: value })).toThrow(DecodeError);
  });

  it.each([
    ['{"resourceSpans": [', 'not JSON'],
    ['[]', 'The body: expected an object'],
    ['', 'not JSON'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'not valid UTF-8'],
  ])('refuses the body %s', (body, message) => {
    expect(() => jsonToProto(Buffer.from(body as string), TRACE_REQUEST)).toThrow(message);
  });
});
