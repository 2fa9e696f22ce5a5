import { expect, it } from 'vitest';
import type { OpenedTrace } from '#server/traces/schema.ts';
import { expandTrace } from './expand-outline.ts';
import { span } from './testing.ts';

const trace = { traceId: 'a'.repeat(32), startMs: 5, durationUs: 900, resources: [], truncated: false };
const [first, second] = ['1'.repeat(16), '2'.repeat(16)];

it('takes a whole trace as it is', () => {
  const spans = [span('a', null, 0, 10)];
  expect(expandTrace({ ...trace, spans, outline: null })).toEqual({ ...trace, spans, isOutline: false });
});

it('makes spans of the columns of an outline', () => {
  const opened: OpenedTrace = {
    ...trace,
    spans: null,
    outline: {
      spanIds: first + second,
      parentIds: '0'.repeat(16) + first,
      services: ['gateway', 'orders'],
      operations: ['POST /orders'],
      service: '0 1',
      operation: '0 0',
      startUs: '0 250',
      durationUs: '900 12.5',
      status: '02',
      outcomes: [[1, 'rejected']],
      events: [[1, [3, 4]]],
    },
  };
  const shown = expandTrace(opened);
  expect(shown.isOutline).toBe(true);
  expect(shown.spans).toMatchObject([
    {
      spanId: first,
      parentSpanId: null,
      service: 'gateway',
      operation: 'POST /orders',
      startUs: 0,
      durationUs: 900,
      status: 'unset',
      attributes: {},
      events: [],
    },
    {
      spanId: second,
      parentSpanId: first,
      service: 'orders',
      startUs: 250,
      durationUs: 12.5,
      status: 'error',
      attributes: { 'circuit_breaker.outcome': 'rejected' },
      events: [{ offsetUs: 3 }, { offsetUs: 4 }],
    },
  ]);
});
