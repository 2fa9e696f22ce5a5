import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './answer.ts';
import type { Held } from './in-flight.ts';
import { refuseForMemory } from './to-refusal.ts';

/** As the OTLP specification recommends, of the body after decompression. */
export const BODY_BYTES_MAX = 64 * 1024 ** 2;
/** Of a body that does not say how long it is, as it comes: all of it would be held before it turns out to be too much. */
const UNANNOUNCED_BYTES_MAX = 16 * 1024 ** 2;

/** The bytes as they came, taken from what may be in flight. */
export async function readBody(request: IncomingMessage, held: Held): Promise<Buffer> {
  const { 'content-length': length } = request.headers;
  const announced = Number(length ?? 0);
  if (announced > BODY_BYTES_MAX) throw tooLarge();
  const bytesMax = length === undefined ? UNANNOUNCED_BYTES_MAX : BODY_BYTES_MAX;
  take(held, announced);
  let unannounced = -announced;
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    total += chunk.length;
    unannounced += chunk.length;
    if (total > bytesMax) {
      throw length === undefined ? tooLarge(bytesMax, 'without a Content-Length') : tooLarge();
    }
    if (unannounced > 0) {
      take(held, unannounced);
      unannounced = 0;
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, total);
}

export function take(held: Held, bytes: number): void {
  if (!held.take(bytes)) throw refuseForMemory();
}

export function tooLarge(bytesMax = BODY_BYTES_MAX, what = 'decompressed'): HttpRefusal {
  return new HttpRefusal(413, `The body is over ${bytesMax / 1024 ** 2} MiB, ${what}: send smaller batches`);
}
