import { describe, expect, it } from 'vitest';
import { shipLines } from './ship-lines.ts';
import { toLogRecord } from './to-log-record.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);

it('is what pino said, when it said it, with the trace that it was said in', () => {
  const line = {
    level: 50,
    time: '2026-01-02T03:04:05.678Z',
    process: 'console',
    rule: 'CircuitOpen',
    tries: 3,
    trace_id: 'a'.repeat(32),
    span_id: 'b'.repeat(16),
    err: { type: 'TypeError', message: 'x is not a function', stack: 'TypeError: x\n  at y' },
    msg: 'a rule failed',
  };
  expect(toLogRecord(JSON.stringify(line), 0)).toEqual({
    timeUnixNano: '1767323045678000000',
    severityNumber: 17,
    severityText: 'ERROR',
    body: { stringValue: 'a rule failed' },
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    attributes: [
      { key: 'rule', value: { stringValue: 'CircuitOpen' } },
      { key: 'tries', value: { intValue: '3' } },
      { key: 'exception.type', value: { stringValue: 'TypeError' } },
      { key: 'exception.message', value: { stringValue: 'x is not a function' } },
      { key: 'exception.stacktrace', value: { stringValue: 'TypeError: x\n  at y' } },
    ],
  });
});

it('is not sent when it is for debugging', () => expect(toLogRecord('{"level":20,"msg":"x"}', AT)).toBeNull());

it.each([
  ['2026-01-02 UTC [7] LOG:  checkpoint starting', 'INFO'],
  ['2026-01-02 UTC [7] ERROR:  relation "x" does not exist', 'ERROR'],
  ['2026-01-02 UTC [7] FATAL:  the database system is shutting down', 'FATAL'],
  ['RangeError: Invalid array length', 'ERROR'],
  ['{"level":"none"}', 'INFO'],
  ['{torn', 'INFO'],
])('%s is text that is %s', (text, severityText) =>
  expect(toLogRecord(text, AT)).toMatchObject({
    timeUnixNano: '1767323045000000000',
    severityText,
    body: { stringValue: text },
  }),
);

const ship = (...pieces: string[]) => {
  const bodies: unknown[] = [];
  const take = shipLines('engine', { send: ({ process, record }) => bodies.push([process, record]) }, () => AT);
  for (const piece of pieces) take(piece);
  return bodies;
};
const body = (stringValue: string) => ['engine', expect.objectContaining({ body: { stringValue } })];

describe('what is printed', () => {
  it('may come in pieces', () => expect(ship('one\ntw', 'o\n', '\n')).toEqual([body('one'), body('two')]));

  it('keeps a stack with its error', () =>
    expect(ship('TypeError: x\n    at a\n    at b\nnext\n')).toEqual([
      body('TypeError: x\n    at a\n    at b'),
      body('next'),
    ]));

  it('is no longer than a line may be', () => {
    const [, record] = ship(`${'x'.repeat(20_000)}\n`)[0] as [string, { body: { stringValue: string } }];
    expect(record.body.stringValue).toHaveLength(16_384);
  });
});
