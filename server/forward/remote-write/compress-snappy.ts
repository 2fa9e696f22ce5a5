import { ByteBuffer } from '#server/decode/byte-buffer.ts';

/** Copies reach back no further than an offset of two bytes. */
const BLOCK_BYTES = 64 * 1024 - 1;
const HASH_BITS = 14;
const COPY_BYTES_MAX = 64;
const MATCH_BYTES_MIN = 4;

/** The block format of Snappy: matches of at least four bytes become copies. */
export function compressSnappy(input: Uint8Array): Buffer {
  const out = new ByteBuffer(32 + (input.length >>> 1));
  out.varuint(input.length);
  const places = new Int32Array(1 << HASH_BITS);
  for (let from = 0; from < input.length; from += BLOCK_BYTES) {
    compressBlock(input, from, Math.min(input.length, from + BLOCK_BYTES), places.fill(-1), out);
  }
  return out.written();
}

function compressBlock(input: Uint8Array, from: number, end: number, places: Int32Array, out: ByteBuffer): void {
  let literal = from;
  let at = from;
  while (at + MATCH_BYTES_MIN <= end) {
    const word = wordAt(input, at);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
    const earlier = places[slot]!;
    places[slot] = at;
    if (earlier < from || wordAt(input, earlier) !== word) {
      at++;
      continue;
    }
    let length = MATCH_BYTES_MIN;
    while (at + length < end && input[earlier + length] === input[at + length]) length++;
    writeLiteral(input, literal, at, out);
    writeCopy(at - earlier, length, out);
    at += length;
    literal = at;
  }
  writeLiteral(input, literal, end, out);
}

function wordAt(input: Uint8Array, at: number): number {
  return input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16) | (input[at + 3]! << 24);
}

function writeLiteral(input: Uint8Array, start: number, end: number, out: ByteBuffer): void {
  const length = end - start;
  if (length === 0) return;
  if (length <= 60) out.u8((length - 1) << 2);
  else {
    // Two bytes of length take up to 65,536.
    out.u8(61 << 2);
    out.u16(length - 1);
  }
  out.raw(input, start, end);
}

function writeCopy(offset: number, length: number, out: ByteBuffer): void {
  for (let rest = length; rest > 0; rest -= COPY_BYTES_MAX) {
    out.u8(((Math.min(rest, COPY_BYTES_MAX) - 1) << 2) | 2);
    out.u16(offset);
  }
}
