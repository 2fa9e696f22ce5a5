import { createHash } from 'node:crypto';

export interface DigestedEntry {
  seq: bigint;
  at: Date;
  actorId: string;
  actor: string;
  verb: string;
  subject: string;
  input: unknown;
}

/** What stands before the first entry of the chain. */
export const CHAIN_START = '0'.repeat(64);

/** The digest of an entry over that of the one before it. */
export function auditDigest(
  previous: string,
  { seq, at, actorId, actor, verb, subject, input }: DigestedEntry,
): string {
  const text = JSON.stringify([
    previous,
    String(seq),
    at.toISOString(),
    actorId,
    actor,
    verb,
    subject,
    sortKeys(input),
  ]);
  return createHash('sha256').update(text).digest('hex');
}

/** JSONB gives keys back in an order of its own. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sortKeys(inner)]);
}
