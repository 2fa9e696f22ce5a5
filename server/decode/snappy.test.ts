import fc from 'fast-check';
import snappyjs from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import { uncompressSnappy } from './snappy.ts';

const MAX = 1024 ** 2;

describe('uncompressSnappy', () => {
  it('undoes what another library compressed', () => {
    const repetitive = fc
      .array(fc.tuple(fc.string({ maxLength: 20 }), fc.nat(200)), { maxLength: 50 })
      .map((runs) => Buffer.from(runs.map(([text, times]) => text.repeat(times)).join('')));
    fc.assert(
      fc.property(fc.oneof(repetitive, fc.uint8Array({ maxLength: 5000 })), (plain) => {
        const packed = snappyjs.compress(Buffer.from(plain));
        expect(Buffer.compare(uncompressSnappy(packed, MAX), Buffer.from(plain))).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('reads copies with offsets of four bytes, and those that repeat what they write', () => {
    const packed = Buffer.from([12, 0b1000, 0x61, 0x62, 0x63, (8 << 2) | 3, 3, 0, 0, 0]);
    expect(uncompressSnappy(packed, MAX).toString()).toBe('abcabcabcabc');
  });

  it('answers damaged bytes with a DecodeError or some bytes of the announced length, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(255), (packed, length) => {
        try {
          expect(uncompressSnappy(Buffer.from([length & 0x7f, ...packed]), MAX)).toHaveLength(length & 0x7f);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['nothing', []],
    ['a length without an end', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['too little', [5, 0b0000, 0x61]],
    ['too much', [1, 0b0100, 0x61, 0x62]],
    ['a copy from before the beginning', [8, 0b0000, 0x61, (3 << 2) | 2, 9, 0]],
    ['a copy from itself', [8, 0b0000, 0x61, (3 << 2) | 2, 0, 0]],
    ['a literal that is cut off', [200, 60 << 2]],
  ])('refuses %s', (_, bytes) => {
    expect(() => uncompressSnappy(Buffer.from(bytes), MAX)).toThrow(DecodeError);
  });

  it('refuses by the announced length alone what is over the limit', () => {
    // 4 GiB less one.
    const bomb = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]);
    expect(() => uncompressSnappy(bomb, MAX)).toThrow(expect.objectContaining({ kind: 'too_large' }));
  });
});
