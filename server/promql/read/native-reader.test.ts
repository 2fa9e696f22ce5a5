import { expect, test } from 'vitest';
import { NativeReader } from './native-reader.ts';

const text = (value: string) => Buffer.from(String.fromCharCode(value.length) + value);
/** 300, a column `v` of numbers, and three of them. */
const BYTES = Buffer.concat([
  Buffer.of(0xac, 0x02),
  text('v'),
  text('Float64'),
  Buffer.from(Float64Array.of(1.5, NaN, -0).buffer),
]);

test.each([1, 2, 7, 8, BYTES.length])('reads what came in pieces of %d bytes', (size) => {
  const pieces = Array.from({ length: Math.ceil(BYTES.length / size) }, (_, place) =>
    BYTES.subarray(place * size, (place + 1) * size),
  );
  const reader = new NativeReader([Buffer.alloc(0), ...pieces]);
  expect(reader.varuint()).toBe(300);
  expect(reader.header(['UInt64', 'Float64'])).toBe('Float64');
  expect(reader.atEnd).toBe(false);
  expect(new Float64Array(reader.take(24))).toEqual(Float64Array.of(1.5, NaN, -0));
  expect(reader.atEnd).toBe(true);
});

test('refuses an answer that ends too early, and a column of another type', () => {
  expect(() => new NativeReader([BYTES.subarray(0, 20)]).take(21)).toThrow('ended within a column');
  const reader = new NativeReader([BYTES]);
  reader.varuint();
  expect(() => reader.header(['UInt64'])).toThrow('expected a column of UInt64, got Float64');
});
