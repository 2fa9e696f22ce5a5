import { writeAudit, type AuditInput } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import type { WantedBreaker } from '#server/gateway/document.ts';
import { changeWanted } from '#server/gateway/change-wanted.ts';
import type { GatewayStatus } from '#server/gateway/run-gateways.ts';
import { subjectOf } from './find-operable.ts';
import type { Acknowledgement, OperationResult } from './schema.ts';

export type OperateContext = Pick<Ctx, 'db' | 'gateways' | 'actor' | 'now'>;

interface Operation {
  verb: `circuits.${string}`;
  breaker: { reporter: string; name: string };
  at: Date;
  reason: string;
  /** Beside reason and version. */
  input: AuditInput['input'];
  change: (wanted: WantedBreaker) => WantedBreaker;
}

/** The common end of what operators do to a breaker: the new version and its audit entry in one transaction, then the push. */
export async function operate(
  { db, gateways, actor }: OperateContext,
  { verb, breaker, at, reason, input, change }: Operation,
): Promise<OperationResult> {
  const wanted = await db.$transaction(async (tx) => {
    const next = await changeWanted(tx, { name: breaker.name, by: actor.name, reason, at, change });
    const noted = { ...input, reason, version: next.version };
    await writeAudit(tx, { actor, at, verb, subject: subjectOf(breaker), input: noted });
    return next;
  });
  return { version: wanted.version, acknowledgements: (await gateways.push(wanted)).map(toAcknowledgement) };
}

export function toAcknowledgement({ instance, state, reason }: GatewayStatus): Acknowledgement {
  return { instance, state, reason };
}
