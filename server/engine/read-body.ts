import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflate } from 'node:zlib';
import { refusal } from './engine-error.ts';

/** A statement is short; whatever is longer than this is data in the wrong place. */
const QUERY_BYTES_MAX = 4 * 1024 ** 2;
/** Segments are at most 32 MiB; JSON of the same rows is larger. */
export const PAYLOAD_BYTES_MAX = 256 * 1024 ** 2;

/** The body as text: the statement. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  await pipeline(decoded(request), bounded(QUERY_BYTES_MAX), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString();
}

/** The body as a file: a payload to insert. Returns its size. */
export async function readToFile(request: IncomingMessage, prefix: string, file: string): Promise<number> {
  let bytes = prefix.length;
  const out = createWriteStream(file, { mode: 0o600 });
  if (prefix) out.write(prefix);
  await pipeline(
    decoded(request),
    bounded(PAYLOAD_BYTES_MAX),
    async function* count(source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        yield chunk;
      }
    },
    out,
  );
  return bytes;
}

function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return request;
  if (encoding === 'gzip') return request.pipe(createGunzip());
  if (encoding === 'deflate') return request.pipe(createInflate());
  throw refusal(48, 'NOT_IMPLEMENTED', `Content-Encoding ${encoding} is not supported: send gzip, deflate or none`);
}

function bounded(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) done(refusal(307, 'TOO_MANY_BYTES', `The request body is over ${bytesMax} bytes`));
      else done(null, chunk);
    },
  });
}
