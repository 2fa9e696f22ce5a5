import { expect, it } from 'vitest';
import { judge } from './judge.ts';

const NONE = { served: 0, limited: 0, breaker: 0, failed: 0, unanswered: 0 };

it.each([
  ['all served', { served: 100 }, { 200: 100 }, true, 1],
  ['95 % and only plain failures', { served: 95, failed: 5 }, { 200: 95, 500: 5 }, true, 0.95],
  ['less than 95 %', { served: 94, failed: 6 }, { 200: 94, 500: 6 }, false, 0.94],
  ['refused by limits', { served: 90, limited: 10 }, { 200: 90, 429: 10 }, false, 0.9],
  ['one 502', { served: 999, failed: 1 }, { 200: 999, 502: 1 }, false, 0.999],
  ['one 503 of a breaker', { served: 999, breaker: 1 }, { 200: 999, 503: 1 }, false, 0.999],
  ['one without an answer', { served: 999, unanswered: 1 }, { 0: 1, 200: 999 }, false, 0.999],
  ['nothing came to an end', {}, {}, false, null],
])('%s', (_, counts, statuses, isPassed, successRatio) => {
  const verdict = judge({ counts: { ...NONE, ...counts }, statuses: statuses as unknown as Record<string, number> });
  expect(verdict).toMatchObject({ isPassed, successRatio });
  expect(verdict.reasons).not.toEqual([]);
});

it('never rounds a share up to the mark', () => {
  const verdict = judge({ counts: { ...NONE, served: 94_999, failed: 5_001 }, statuses: {} });
  expect(verdict.reasons[0]).toBe('94.99 % were served: less than 95 %.');
});
