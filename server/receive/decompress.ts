import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { HttpRefusal } from './answer.ts';
import type { Held } from './in-flight.ts';
import { BODY_BYTES_MAX, take, tooLarge } from './read-body.ts';

/** What is kept of a body before it is known how long it becomes: a bomb costs this much memory and no more. */
const UNKNOWN_BYTES_MAX = 8 * 1024 ** 2;
const CHUNK_BYTES = 64 * 1024;
/** A window that a frame may ask for (2^24 bytes): it is memory too, and senders use 8 MiB at most. */
const ZSTD_WINDOW_LOG_MAX = 24;

/**
 * Undoes the Content-Encoding. A body that becomes long is first decompressed without keeping it, to see whether it stays
 * below the limit, and then again into a buffer of its size.
 */
export async function decompress(body: Buffer, encoding: string | undefined, held: Held): Promise<Buffer> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  const open = OPEN[name];
  if (!open) {
    throw new HttpRefusal(415, `The content encoding ${JSON.stringify(name)} is not known`, {
      'accept-encoding': Object.keys(OPEN).join(', '),
    });
  }
  // An empty request is a success, also when nothing was compressed.
  if (body.length === 0) return body;
  if (name === 'gzip' && announcedBytes(body) > BODY_BYTES_MAX) throw tooLarge();
  const chunks: Buffer[] = [];
  let total = 0;
  await inflate(body, name, open(), (chunk) => {
    total += chunk.length;
    if (total > BODY_BYTES_MAX) throw tooLarge();
    if (total > UNKNOWN_BYTES_MAX) {
      chunks.length = 0;
      return;
    }
    take(held, chunk.length);
    chunks.push(chunk);
  });
  if (total <= UNKNOWN_BYTES_MAX) return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, total);
  take(held, total - UNKNOWN_BYTES_MAX);
  const whole = Buffer.allocUnsafeSlow(total);
  let at = 0;
  await inflate(body, name, open(), (chunk) => (at += chunk.copy(whole, at)));
  return whole;
}

/** What the end of a gzip says of its length, modulo 2^32: for a sender that means no harm, no byte is decompressed in vain. */
function announcedBytes(body: Buffer): number {
  return body.length < 18 ? 0 : body.readUInt32LE(body.length - 4);
}

/** What `onChunk` throws ends it. */
async function inflate(body: Buffer, name: string, stream: Transform, onChunk: (chunk: Buffer) => void): Promise<void> {
  stream.end(body);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) onChunk(chunk);
  } catch (error) {
    if (error instanceof HttpRefusal) throw error;
    throw new HttpRefusal(400, `The body is not ${name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    stream.destroy();
  }
}

const options = { chunkSize: CHUNK_BYTES };

const OPEN: Record<string, () => Transform> = Object.assign(Object.create(null), {
  gzip: () => zlib.createGunzip(options),
  deflate: () => zlib.createInflate(options),
  zstd: () =>
    zlib.createZstdDecompress({
      ...options,
      params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX },
    }),
});
