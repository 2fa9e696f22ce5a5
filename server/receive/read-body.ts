import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { HttpRefusal } from './answer.ts';
import type { InFlight } from './in-flight.ts';
import { refuseForMemory } from './to-refusal.ts';

/** As the OTLP specification recommends, of the body after decompression. */
export const BODY_BYTES_MAX = 64 * 1024 ** 2;

/** The bytes as they came. What is taken from `inFlight` is told to `onTaken`, whoever the caller is gives it back. */
export async function readBody(
  request: IncomingMessage,
  inFlight: InFlight,
  onTaken: (bytes: number) => void,
): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > BODY_BYTES_MAX) throw tooLarge();
  const take = (bytes: number) => {
    if (!inFlight.take(bytes)) {
      throw refuseForMemory();
    }
    onTaken(bytes);
  };
  take(announced);
  let unannounced = -announced;
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    total += chunk.length;
    unannounced += chunk.length;
    if (total > BODY_BYTES_MAX) throw tooLarge();
    if (unannounced > 0) {
      take(unannounced);
      unannounced = 0;
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, total);
}

/** Undoes the Content-Encoding; stops at the limit, however small the body was. */
export async function decompress(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  const inflate = INFLATE[name];
  if (!inflate) {
    throw new HttpRefusal(415, `The content encoding ${JSON.stringify(name)} is not known`, {
      'accept-encoding': Object.keys(INFLATE).join(', '),
    });
  }
  // An empty request is a success, also when nothing was compressed.
  if (body.length === 0) return body;
  try {
    return await inflate(body, { maxOutputLength: BODY_BYTES_MAX });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new HttpRefusal(400, `The body is not ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Inflate = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const INFLATE: Record<string, Inflate> = Object.assign(Object.create(null), {
  gzip: promisify(zlib.gunzip) as Inflate,
  deflate: promisify(zlib.inflate) as Inflate,
  zstd: promisify(zlib.zstdDecompress) as Inflate,
});

function tooLarge(): HttpRefusal {
  return new HttpRefusal(413, `The body is over ${BODY_BYTES_MAX / 1024 ** 2} MiB, decompressed: send smaller batches`);
}
