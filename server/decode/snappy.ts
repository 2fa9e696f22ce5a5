import { DecodeError } from './decode-error.ts';

/**
 * Undoes the block format of Snappy. The announced length is judged before anything is allocated, and nothing is written
 * beyond it, so hostile input costs no more than its own size and the limit.
 */
export function uncompressSnappy(input: Uint8Array, bytesMax: number): Buffer {
  const { length, at: start } = readLength(input);
  if (length > bytesMax) {
    throw new DecodeError(
      `The body is over ${bytesMax / 1024 ** 2} MiB, decompressed: send smaller batches`,
      'too_large',
    );
  }
  const out = Buffer.allocUnsafe(length);
  let at = start;
  let to = 0;
  while (at < input.length) {
    const tag = input[at++]!;
    const kind = tag & 3;
    if (kind === LITERAL) {
      const extra = Math.max(0, (tag >>> 2) - 59);
      const size = (extra === 0 ? tag >>> 2 : littleEndian(input, at, extra)) + 1;
      at += extra;
      if (at + size > input.length || to + size > length) throw broken('a literal is cut off');
      out.set(input.subarray(at, at + size), to);
      at += size;
      to += size;
      continue;
    }
    const extra = kind === 3 ? 4 : kind;
    const size = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    const offset = littleEndian(input, at, extra) + (kind === 1 ? (tag >>> 5) << 8 : 0);
    at += extra;
    if (offset === 0 || offset > to) throw broken('a copy from before the beginning');
    if (to + size > length) throw broken('more than its length says');
    copyWithin(out, to, offset, size);
    to += size;
  }
  if (to !== length) throw broken('less than its length says');
  return out;
}

const LITERAL = 0;

function readLength(input: Uint8Array): { length: number; at: number } {
  let length = 0;
  for (let at = 0; at < 5 && at < input.length; at++) {
    length += (input[at]! & 0x7f) * 2 ** (7 * at);
    if (input[at]! < 0x80) return { length, at: at + 1 };
  }
  throw broken('no length');
}

function littleEndian(input: Uint8Array, at: number, bytes: number): number {
  if (at + bytes > input.length) throw broken('it is cut off');
  let value = 0;
  for (let index = 0; index < bytes; index++) value += input[at + index]! * 2 ** (8 * index);
  return value;
}

/** A copy that reaches into what it writes repeats itself. */
function copyWithin(out: Buffer, to: number, offset: number, size: number): void {
  if (offset >= size) out.copyWithin(to, to - offset, to - offset + size);
  else for (let index = to; index < to + size; index++) out[index] = out[index - offset]!;
}

function broken(what: string): DecodeError {
  return new DecodeError(`The body is not Snappy in the block format: ${what}`);
}
