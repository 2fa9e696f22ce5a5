import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body that is larger is not told of: cut, it could not be read, and so not be masked. */
export const KEPT_BYTES_MAX = 16_384;

/** The first bytes of a body that passes by, and how many there were. */
export class KeptBytes {
  readonly #chunks: Buffer[] = [];
  bytes = 0;

  add(chunk: unknown, encoding?: unknown): void {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    const part = typeof chunk === 'string' ? Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8') : chunk;
    if (this.bytes < KEPT_BYTES_MAX) this.#chunks.push(Buffer.from(part.subarray(0, KEPT_BYTES_MAX - this.bytes)));
    this.bytes += part.length;
  }

  get isWhole(): boolean {
    return this.bytes <= KEPT_BYTES_MAX;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** Keeps what is read of a request: whoever reads it, whole or as a stream, sees no difference. */
export function keepArriving(request: IncomingMessage): KeptBytes {
  const kept = new KeptBytes();
  const emit = request.emit.bind(request) as (event: string | symbol, ...parts: unknown[]) => boolean;
  // A listener of our own would set the stream flowing before whoever is to read it is there.
  request.emit = (event: string | symbol, ...parts: unknown[]) => {
    if (event === 'data') kept.add(parts[0]);
    return emit(event, ...parts);
  };
  return kept;
}

/** Keeps what is written of an answer, before its first byte is. */
export function keepLeaving(response: ServerResponse): KeptBytes {
  const kept = new KeptBytes();
  const write = response.write.bind(response) as (...parts: unknown[]) => boolean;
  const end = response.end.bind(response) as (...parts: unknown[]) => ServerResponse;
  response.write = (...parts: unknown[]) => {
    kept.add(parts[0], parts[1]);
    return write(...parts);
  };
  response.end = (...parts: unknown[]) => {
    kept.add(parts[0], parts[1]);
    return end(...parts);
  };
  return kept;
}

function isEncoding(given: unknown): given is BufferEncoding {
  return typeof given === 'string' && Buffer.isEncoding(given);
}
