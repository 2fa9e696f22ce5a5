import { expect, it } from 'vitest';
import type { DeadLetterRow } from '#server/dead-letters/schema.ts';
import { decideLetters, describeOutcomes, type Outcome } from './decide-letters.ts';
import { groupLetters, ofService } from './group-letters.ts';
import { letterId, parseLetterId } from './letter-id.ts';
import { printJson } from './print-json.ts';
import { showText } from './show-text.ts';
import { summariseLetters } from './summarise-letters.ts';

const ID = '0192f0c1-2222-7000-8000-000000000001';

function letter(minute: number, change: Partial<DeadLetterRow> = {}): DeadLetterRow {
  const at = new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
  return {
    service: 'catalog',
    eventId: ID,
    type: 'order.created.v9',
    key: `order-${minute}`,
    attempts: 1,
    error: 'not handled here',
    status: 'open',
    reason: null,
    occurredAt: at,
    deadAt: at,
    resolvedAt: null,
    traceId: '',
    ...change,
  };
}

it('gathers by service and type, the newest first, and says what differs', () => {
  const groups = groupLetters([
    letter(9, { attempts: 6, error: 'again' }),
    letter(7, { service: 'orders' }),
    letter(5),
    letter(3, { type: 'order.paid.v1' }),
  ]);
  expect(
    groups.map(({ id, letters, attempts, errors, error }) => [id, letters.length, attempts, errors, error]),
  ).toEqual([
    ['catalog~order.created.v9', 2, '1 to 6', 2, 'again'],
    ['orders~order.created.v9', 1, '1', 1, 'not handled here'],
    ['catalog~order.paid.v1', 1, '1', 1, 'not handled here'],
  ]);
  expect(groups[0]!.lastMs - groups[0]!.firstMs).toBe(4 * 60_000);
});

it('keeps of the list what is about one service', () => {
  const list = {
    deadLetters: [letter(2), letter(1, { service: 'orders' })],
    services: ['catalog', 'orders'],
    unreachable: [{ service: 'payments', reason: 'away' }],
  };
  expect(ofService(list, null)).toBe(list);
  expect(ofService(list, 'orders')).toEqual({
    deadLetters: [list.deadLetters[1]],
    services: ['orders'],
    unreachable: [],
  });
  expect(ofService(list, 'payments')).toEqual({ ...list, deadLetters: [], services: [] });
});

it.each([
  [letterId({ service: 'catalog', eventId: ID }), { service: 'catalog', eventId: ID }],
  [null, null],
  ['catalog', null],
  ['catalog~1', null],
  [`../x~${ID}`, null],
])('the address %s names %j', (text, expected) => expect(parseLetterId(text)).toEqual(expected));

it.each([
  [[], [], 'open', 'No event waits for a decision.'],
  [[letter(1)], [], 'open', '1 event waits for a decision, in catalog.'],
  [[letter(1), letter(2, { service: 'orders' })], [], 'discarded', '2 events were discarded, in catalog and orders.'],
  [[], ['payments'], 'redriven', 'No event was redriven. payments could not be asked.'],
] as const)('%#: sums up', (deadLetters, away, status, expected) =>
  expect(
    summariseLetters(
      { deadLetters: [...deadLetters], unreachable: away.map((service) => ({ service, reason: 'away' })) },
      status,
    ),
  ).toBe(expected),
);

it('prints what JSON.stringify prints', () => {
  const value = { a: [1, 'two', null, true, []], 'b "c"': { d: {} }, e: -0.5 };
  expect(printJson(value)).toEqual({ text: JSON.stringify(value, null, 2), isCut: false });
  expect(printJson(undefined)).toEqual({ text: 'null', isCut: false });
});

it('prints no more than there is room for, whatever comes', () => {
  let deep: unknown = 1;
  for (let step = 0; step < 2_000; step++) deep = { a: deep };
  for (const hostile of [
    'x'.repeat(1e6),
    Array.from({ length: 1e5 }, (_, index) => index),
    { ['k'.repeat(1e6)]: 1 },
    deep,
  ]) {
    const { text, isCut } = printJson(hostile);
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(isCut).toBe(true);
  }
  expect(printJson({ a: 12345 }, 10)).toEqual({ text: '{\n  "a": 1', isCut: true });
  expect(printJson('12', 4)).toEqual({ text: '"12"', isCut: false });
});

it('writes out what would not be seen, and leaves what is', () => {
  expect(showText('a\u202eb\u200b\u0000 é 😀\nline')).toBe('a\\u202eb\\u200b\\u0000 é 😀\nline');
  expect(printJson({ '\u202e': '<img src=x onerror=alert(1)>' }).text).toBe(
    '{\n  "\\u202e": "<img src=x onerror=alert(1)>"\n}',
  );
});

it('decides in the order of the events, asks a silent service once, and tells each outcome', async () => {
  const asked: string[] = [];
  const told: Outcome[][] = [];
  const letters = [letter(4), letter(1), letter(2, { service: 'gone' }), letter(3, { service: 'gone' })];
  await decideLetters(letters, {
    decide: async ({ key, service }) => {
      asked.push(key);
      if (service === 'gone') throw Object.assign(new Error('away'), { data: { code: 'SERVICE_UNAVAILABLE' } });
    },
    report: (outcomes) => told.push([...outcomes]),
    signal: new AbortController().signal,
  });
  expect(asked).toEqual(['order-1', 'order-2', 'order-4']);
  expect(told.map((outcomes) => outcomes.length)).toEqual([1, 2, 3, 4]);
  expect(told.at(-1)!.map(({ failure }) => failure)).toEqual([
    null,
    'away',
    'gone did not answer before; it was not asked again.',
    null,
  ]);
});

it('ends when it is stopped, and when who asks may not', async () => {
  const stop = new AbortController();
  let done = 0;
  await decideLetters([letter(1), letter(2)], {
    decide: async () => stop.abort(),
    report: ({ length }) => (done = length),
    signal: stop.signal,
  });
  expect(done).toBe(1);
  await decideLetters([letter(1), letter(2)], {
    decide: () => Promise.reject(Object.assign(new Error('no'), { data: { code: 'FORBIDDEN' } })),
    report: ({ length }) => (done = 10 + length),
    signal: new AbortController().signal,
  });
  expect(done).toBe(11);
});

const ok: Outcome = { letter: letter(1), failure: null };
const failed: Outcome = { letter: letter(2), failure: 'no' };
it.each([
  ['redrive', [ok], 1, 'Applied.'],
  ['discard', [ok], 1, 'Discarded.'],
  ['redrive', [failed], 1, 'Not applied; it stays.'],
  ['redrive', [ok, ok], 2, 'All 2 were applied.'],
  ['redrive', [ok, failed], 2, '1 of 2 was applied.'],
  ['discard', [ok, ok, failed], 5, '2 of 5 were discarded. 2 were left as they were.'],
] as const)('%s %#', (decision, outcomes, asked, expected) =>
  expect(describeOutcomes(decision, outcomes, asked)).toBe(expected),
);
