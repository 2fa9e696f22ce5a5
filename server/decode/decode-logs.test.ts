import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { decodeLogs } from './decode-logs.ts';
import { jsonToProto } from './json-to-proto.ts';
import { LOGS_REQUEST } from './otlp-messages.ts';
import { expectedLogRows } from './testing/expected-rows.ts';
import { logsRequest, NOW_MS, toOtlpJson } from './testing/otlp-arbitrary.ts';
import { encode, LogsRequestType } from './testing/otlp-root.ts';
import { readRows } from './testing/read-rows.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

function decodeRecords(...logRecords: object[]) {
  const resource = {
    attributes: [
      { key: 'service.name', value: { stringValue: 'gateway' } },
      { key: 'service.instance.id', value: { stringValue: 'gateway-1' } },
    ],
  };
  const body = encode(LogsRequestType, { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
  const decoded = decodeLogs(body, NOW_MS);
  return { ...decoded, read: readRows('logs', decoded.rows.chunks()) };
}

function attributes(record: Record<string, string | number | string[]>) {
  return Object.entries(record).map(([key, value]) => {
    if (typeof value === 'number') return { key, value: { intValue: value } };
    if (typeof value === 'string') return { key, value: { stringValue: value } };
    return { key, value: { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } } };
  });
}

const TRANSITION = {
  'circuit_breaker.name': 'payments',
  'circuit_breaker.state': 'open',
  'circuit_breaker.previous_state': 'closed',
  'circuit_breaker.reason': '5 of 8 calls failed',
  'circuit_breaker.failures': 5,
  'circuit_breaker.calls': 8,
  'circuit_breaker.threshold': 5,
  'circuit_breaker.reset_timeout_ms': 30_000,
  'circuit_breaker.half_open_success_count': 2,
  'circuit_breaker.next_attempt_unix_ms': NOW_MS + 30_000,
  'circuit_breaker.trace_ids': [TRACE_ID, 'not an id'],
};

describe('decodeLogs', () => {
  it('reads what protobufjs wrote, and the same request as OTLP/JSON, into the same expected rows', () => {
    fc.assert(
      fc.property(logsRequest, (request) => {
        const expected = expectedLogRows(request);
        const fromProto = decodeLogs(encode(LogsRequestType, request), NOW_MS);
        const fromJson = decodeLogs(jsonToProto(toOtlpJson(request), LOGS_REQUEST), NOW_MS);
        expect(fromProto.rejected.count).toBe(0);
        expect(readRows('logs', fromProto.rows.chunks())).toEqual(expected);
        expect(readRows('logs', fromJson.rows.chunks())).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('answers damaged bytes with rows or a DecodeError, never with anything else', () => {
    const damaged = fc
      .tuple(logsRequest, fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 8 }))
      .map(([request, flips]) => {
        const body = Buffer.from(encode(LogsRequestType, request));
        for (const [at, bit] of flips) if (body.length > 0) body[at % body.length]! ^= 1 << bit;
        return body;
      });
    fc.assert(
      fc.property(damaged, (body) => {
        try {
          readRows('logs', decodeLogs(body, NOW_MS).rows.chunks());
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('takes the observed time, and without one the time of arrival', () => {
    const observed = String(BigInt(NOW_MS - 5) * 1_000_000n);
    const { read } = decodeRecords({ observedTimeUnixNano: observed }, {});
    expect(read.map((row) => row['timestamp'])).toEqual([BigInt(observed), BigInt(NOW_MS) * 1_000_000n]);
  });

  it('rejects ids of a wrong length with the reason and keeps the rest', () => {
    const { read, rejected } = decodeRecords({ traceId: Buffer.alloc(3, 1) }, { spanId: Buffer.alloc(9, 1) }, {});
    expect(read).toHaveLength(1);
    expect(rejected.describe()).toBe(
      '1 × a trace id must have 16 bytes or none; 1 × a span id must have 8 bytes or none',
    );
  });

  it('makes a row of circuit_transitions of a transition, beside its log row', () => {
    const timeUnixNano = String(BigInt(NOW_MS) * 1_000_000n);
    const byField = { timeUnixNano, eventName: 'switchyard.circuit.transition', attributes: attributes(TRANSITION) };
    const byAttribute = {
      timeUnixNano,
      attributes: attributes({ 'event.name': 'switchyard.circuit.transition', ...TRANSITION }),
    };
    const { read, transitions, transitionRows } = decodeRecords(byField, byAttribute, { eventName: 'other' });
    expect(read).toHaveLength(3);
    expect(transitions).toHaveLength(2);
    const rows = readRows('circuit_transitions', transitionRows.chunks());
    expect(rows[0]).toEqual({
      timestamp: BigInt(NOW_MS),
      name: 'payments',
      service_name: 'gateway',
      service_instance_id: 'gateway-1',
      state: 'open',
      previous_state: 'closed',
      reason: '5 of 8 calls failed',
      failures: 5,
      calls: 8,
      threshold: 5,
      reset_timeout_ms: 30_000,
      half_open_success_count: 2,
      next_attempt: BigInt(NOW_MS + 30_000),
      trace_ids: [TRACE_ID],
      source: 'push',
    });
    expect(rows[1]).toEqual(rows[0]);
  });

  it.each([
    [{ 'circuit_breaker.state': 'ajar' }, 'circuit_breaker.state other than closed, open'],
    [{ 'circuit_breaker.name': '' }, 'without circuit_breaker.name'],
  ])('keeps the log record of a transition that it cannot act upon, and says why: %j', (fault, reason) => {
    const { read, transitions, ignored } = decodeRecords({
      eventName: 'switchyard.circuit.transition',
      attributes: attributes({ ...TRANSITION, ...fault }),
    });
    expect(read).toHaveLength(1);
    expect(transitions).toEqual([]);
    expect(ignored.describe()).toContain(reason);
  });

  it('hands out other events of its own, and no others', () => {
    const { events } = decodeRecords(
      {
        eventName: 'switchyard.process.exit',
        body: { stringValue: 'engine died' },
        attributes: attributes({ 'process.name': 'engine' }),
      },
      { body: { stringValue: 'switchyard.process.exit' } },
      { eventName: 'switchyard' },
    );
    expect(events).toMatchObject([
      { name: 'switchyard.process.exit', body: 'engine died', attributes: { 'process.name': 'engine' } },
    ]);
  });
});
