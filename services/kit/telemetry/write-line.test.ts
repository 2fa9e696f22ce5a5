import { expect, test } from 'vitest';
import { LogsRequestType } from '#server/decode/testing.ts';
import { ProtoWriter } from './proto-writer.ts';
import { writeLine } from './write-line.ts';

const IDS = { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7', trace_flags: '01' };

function read(line: object): Record<string, unknown> {
  const to = new ProtoWriter();
  const starts = [to.begin(1), to.begin(2), to.begin(2)];
  writeLine(to, JSON.stringify(line));
  for (const start of starts.toReversed()) to.end(start);
  const request = LogsRequestType.toObject(LogsRequestType.decode(to.bytes), { longs: String }) as {
    resourceLogs: { scopeLogs: { logRecords: Record<string, unknown>[] }[] }[];
  };
  return request.resourceLogs[0]!.scopeLogs[0]!.logRecords[0]!;
}

test('a line is a record with its time, severity, trace and what else is in it', () => {
  const time = '2026-11-21T19:00:00.123Z';
  const line = {
    level: 30,
    time,
    service: 'gateway',
    pid: 7,
    ...IDS,
    status: 200,
    took: 1.5,
    ids: [1, 'a'],
    user: { id: 3 },
  };
  const nanoseconds = String(BigInt(Date.parse(time)) * 1_000_000n);
  expect(read({ ...line, msg: 'GET /api/products/*' })).toEqual({
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    severityNumber: 9,
    severityText: 'info',
    body: { stringValue: 'GET /api/products/*' },
    flags: 1,
    traceId: Buffer.from(IDS.trace_id, 'hex'),
    spanId: Buffer.from(IDS.span_id, 'hex'),
    attributes: [
      { key: 'service', value: { stringValue: 'gateway' } },
      { key: 'status', value: { intValue: '200' } },
      { key: 'took', value: { doubleValue: 1.5 } },
      { key: 'ids', value: { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }] } } },
      { key: 'user', value: { kvlistValue: { values: [{ key: 'id', value: { intValue: '3' } }] } } },
    ],
  });
});

test('an error is told by the names of the field, and a line of no request has no trace', () => {
  const err = { type: 'TypeError', message: 'x is not a function', stack: 'TypeError: x\n    at y' };
  const record = read({ level: 50, time: '2026-11-21T19:00:00.000Z', msg: 'it broke', err });
  expect(record).toMatchObject({ severityNumber: 17, severityText: 'error' });
  expect(record).not.toHaveProperty('traceId');
  expect(record.attributes).toEqual([
    { key: 'exception.type', value: { stringValue: 'TypeError' } },
    { key: 'exception.message', value: { stringValue: 'x is not a function' } },
    { key: 'exception.stacktrace', value: { stringValue: 'TypeError: x\n    at y' } },
  ]);
  const coded = read({ level: 50, time: '2026-11-21T19:00:00.000Z', err: { ...err, code: 'ECONNRESET' } });
  const text = read({ level: 50, time: '2026-11-21T19:00:00.000Z', err: 'no Error' });
  expect(text.attributes).toEqual([{ key: 'exception.message', value: { stringValue: 'no Error' } }]);
  expect(coded.attributes).toContainEqual({ key: 'exception.type', value: { stringValue: 'ECONNRESET' } });
});
