import { expect, test } from 'vitest';
import { line } from './testing.ts';
import { toJsonl } from './to-jsonl.ts';

test('one line of JSON for each line, whatever is in it', () => {
  const text = toJsonl([line({ tMs: 1_700_000_000_123, body: 'two\nlines "quoted"', traceId: 'ab' }), line()]);
  const rows = text
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as Record<string, unknown>);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({
    timestamp: '2023-11-14T22:13:20.123Z',
    service: 'orders',
    instance: 'orders-1',
    severity: 'INFO',
    severityNumber: 9,
    body: 'two\nlines "quoted"',
    traceId: 'ab',
    attributes: {},
  });
  expect(toJsonl([])).toBe('');
});
