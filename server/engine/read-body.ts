import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { PassThrough, Transform, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflate } from 'node:zlib';
import { refusal } from './engine-error.ts';

/** A statement is short; whatever is longer than this is data in the wrong place. */
const QUERY_BYTES_MAX = 4 * 1024 ** 2;
/** Segments are at most 32 MiB; the same rows are larger as JSON. */
const PAYLOAD_BYTES_MAX = 256 * 1024 ** 2;

/** The body as text: the statement. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  await pipeline(request, decoder(request), bound(QUERY_BYTES_MAX), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString();
}

/** The body as a file, after `start`: a payload to insert. Returns the file's size. */
export async function readToFile(request: IncomingMessage, start: string, file: string): Promise<number> {
  const out = createWriteStream(file, { mode: 0o600 });
  if (start) out.write(start);
  await pipeline(request, decoder(request), bound(PAYLOAD_BYTES_MAX), out);
  return out.bytesWritten;
}

function decoder(request: IncomingMessage): Duplex {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return new PassThrough();
  if (encoding === 'gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  throw refusal(48, 'NOT_IMPLEMENTED', `Content-Encoding ${encoding} is not supported: send gzip, deflate or none`);
}

function bound(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) done(refusal(307, 'TOO_MANY_BYTES', `The request body is over ${bytesMax} bytes`));
      else done(null, chunk);
    },
  });
}
