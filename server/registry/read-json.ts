import type { IncomingMessage } from 'node:http';
import { AppError } from '#server/errors.ts';

const BODY_BYTES_MAX = 16 * 1024;

/** The body of a registration; throws TOO_LARGE or BAD_REQUEST. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new AppError('TOO_LARGE', `A registration may have ${BODY_BYTES_MAX} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new AppError('BAD_REQUEST', 'The body is not JSON.');
  }
}
