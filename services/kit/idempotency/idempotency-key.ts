import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';

export const IdempotencyKey = z.string().regex(/^[\w.:-]{8,100}$/);

/** The key that a request carries, if any; throws BAD_REQUEST for one that is none. */
export function readIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const sent = headers['idempotency-key'];
  if (sent === undefined) return undefined;
  const key = IdempotencyKey.safeParse(sent);
  if (key.success) return key.data;
  throw new ServiceError(
    'BAD_REQUEST',
    'Send an Idempotency-Key of 8 to 100 letters or digits, the same for each try.',
  );
}

/** What a key is answered with that was sent before with something else. */
export function keyReused(): ServiceError {
  return new ServiceError('UNPROCESSABLE', 'This idempotency key was used for another request. Use a new one.');
}
