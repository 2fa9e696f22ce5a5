import { expect, it } from 'vitest';
import { StreamBook } from './stream-book.ts';

const NOW_MS = 1_790_000_000_000;

it('knows a stream again, and works out the labels of a series once', () => {
  const book = new StreamBook();
  let asked = 0;
  const labels = (): [string, string][] => {
    asked++;
    return [['le', '1']];
  };
  const stream = book.stream('a', NOW_MS);
  const [one, sum] = [book.series(stream, '1', 'h_bucket', labels), book.series(stream, '_sum', 'h_sum', labels)];
  expect(book.stream('a', NOW_MS + 1)).toBe(stream);
  expect(book.series(stream, '1', 'h_bucket', labels)).toBe(one);
  expect(book.series(stream, '_sum', 'h_sum', labels)).toBe(sum);
  expect(asked).toBe(2);
});

it('forgets those not seen for longest, to the minute, and stays within its bound', () => {
  const book = new StreamBook(5_000);
  const first = book.stream('first', NOW_MS);
  const second = book.stream('second', NOW_MS);
  book.stream('first', NOW_MS + 61_000);
  // Twelve streams of one series do not fit beside the two.
  for (let n = 0; n < 12; n++) book.series(book.stream(`${n}`, NOW_MS + 61_000), '', 'm', () => []);
  expect(book.stream('first', NOW_MS + 62_000)).toBe(first);
  expect(book.stream('second', NOW_MS + 62_000)).not.toBe(second);
  for (let n = 0; n < 1000; n++) book.series(book.stream(`n${n}`, NOW_MS + 62_000), '', 'm', () => []);
  expect(book.streams).toBeLessThanOrEqual(5_000 / 391);
});

it('does not lose the stream that grows, however much it is', () => {
  const book = new StreamBook(1_000);
  const stream = book.stream('a', NOW_MS);
  book.grow(stream, 100_000);
  expect(book.stream('a', NOW_MS)).toBe(stream);
  book.stream('b', NOW_MS);
  expect(book.stream('a', NOW_MS)).not.toBe(stream);
});
