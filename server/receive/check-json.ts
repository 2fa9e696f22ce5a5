import { DecodeError } from '#server/decode/decode-error.ts';

/** JSON takes far more memory parsed than written. What sends more than this sends protobuf. */
const BYTES_MAX = 16 * 1024 ** 2;
const DEPTH_MAX = 128;
/** Objects and arrays: a value with its key is two of at least forty bytes. */
const CONTAINERS_MAX = 1_000_000;

/** Judges a JSON body before it is parsed, which would build all of it in memory; throws DecodeError. */
export function checkJson(body: Uint8Array): void {
  if (body.length > BYTES_MAX) {
    throw new DecodeError(`JSON may be ${BYTES_MAX / 1024 ** 2} MiB: send smaller batches, or protobuf`, 'too_large');
  }
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < body.length; at++) {
    switch (body[at]) {
      case QUOTE:
        at = endOfString(body, at);
        break;
      case OBJECT:
      case ARRAY:
        containers++;
        if (++depth > DEPTH_MAX) throw new DecodeError(`The JSON is nested deeper than ${DEPTH_MAX}`);
        break;
      case OBJECT_END:
      case ARRAY_END:
        depth--;
    }
  }
  if (containers > CONTAINERS_MAX) {
    throw new DecodeError(`The JSON has over ${CONTAINERS_MAX} objects and arrays: send smaller batches`, 'too_large');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [OBJECT, OBJECT_END, ARRAY, ARRAY_END] = [0x7b, 0x7d, 0x5b, 0x5d];

function endOfString(body: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}
