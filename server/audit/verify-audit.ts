import type { AuditEntry } from '#prisma/generated/client.ts';
import { auditDigest, CHAIN_START } from './audit-digest.ts';

export interface AuditFault {
  seq: bigint;
  what: string;
}

export interface AuditVerdict {
  entries: number;
  /** From before there was a chain; nothing vouches for them. */
  unchained: number;
  /** The newest entry. Kept elsewhere, it proves later that nothing was cut off the end. */
  head: { seq: bigint; digest: string } | null;
  faults: AuditFault[];
}

/** One bad entry spoils all digests after it, so the first few tell the story. */
const FAULTS_MAX = 20;

/** Follows the chain of digests from its start; `witness` is a head that was noted earlier. */
export async function verifyAudit(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  witness?: { seq: bigint; digest: string },
): Promise<AuditVerdict> {
  const verdict: AuditVerdict = { entries: 0, unchained: 0, head: null, faults: [] };
  const fault = (seq: bigint, what: string) => {
    if (verdict.faults.length < FAULTS_MAX) verdict.faults.push({ seq, what });
  };
  let expectedSeq = 1n;
  let isWitnessed = witness === undefined;
  for await (const entry of entries) {
    const { seq, previous, digest } = entry;
    verdict.entries += 1;
    if (seq !== expectedSeq) fault(seq, `${seq - expectedSeq} missing before it`);
    expectedSeq = seq + 1n;
    if (digest === null) {
      verdict.unchained += 1;
      if (verdict.head) fault(seq, 'has lost its digest');
      continue;
    }
    if (previous !== (verdict.head?.digest ?? CHAIN_START)) fault(seq, 'does not follow the one before it');
    if (auditDigest(previous ?? '', entry) !== digest) fault(seq, 'was changed');
    if (witness && seq === witness.seq && digest === witness.digest) isWitnessed = true;
    verdict.head = { seq, digest };
  }
  if (!isWitnessed) fault(witness!.seq, 'is not there as it was noted');
  return verdict;
}
