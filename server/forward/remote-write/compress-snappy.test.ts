import { randomBytes } from 'node:crypto';
import snappyjs from 'snappyjs';
import { expect, it } from 'vitest';
import { uncompressSnappy } from '#server/decode/snappy.ts';
import { compressSnappy } from './compress-snappy.ts';

const words = (count: number) => Buffer.from(Array.from({ length: count }, (_, n) => `label="${n % 97}",`).join(''));

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a byte', Buffer.from('x')],
  ['what repeats itself', Buffer.alloc(300_000, 'abc')],
  ['zeros', Buffer.alloc(65_536)],
  ['words over blocks', words(50_000)],
  ['noise', randomBytes(200_000)],
  ['noise and words', Buffer.concat([randomBytes(70_000), words(5_000), randomBytes(61)])],
])('packs %s so that others unpack it', (_, input) => {
  const packed = compressSnappy(input);
  expect(uncompressSnappy(packed, 2 ** 26).equals(input)).toBe(true);
  expect(Buffer.from(snappyjs.uncompress(packed)).equals(input)).toBe(true);
});

it('makes labels small', () => {
  const input = words(10_000);
  expect(compressSnappy(input).length).toBeLessThan(input.length / 4);
});
