import type { IdempotencyRow } from './tables.ts';

export type Turn =
  /** Nothing is known of the key, or nothing any more. */
  | { kind: 'first' }
  /** An earlier try failed or died; `subjectId` is what it began. */
  | { kind: 'again'; subjectId: string | null }
  | { kind: 'replay'; answer: unknown }
  | { kind: 'busy' }
  | { kind: 'reused' };

type Known = Pick<IdempotencyRow, 'fingerprint' | 'busy_until' | 'subject_id' | 'answer' | 'expires_at'>;

/** What a request with a key is to do, by what is known of the key. */
export function decideTurn(known: Known | undefined, fingerprint: string, now: number): Turn {
  if (!known || known.expires_at.getTime() <= now) return { kind: 'first' };
  if (known.fingerprint !== fingerprint) return { kind: 'reused' };
  if (known.answer !== null) return { kind: 'replay', answer: known.answer };
  return known.busy_until.getTime() > now ? { kind: 'busy' } : { kind: 'again', subjectId: known.subject_id };
}
