import { writeAudit, type AuditInput } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { changeWanted, type WantedChange } from './change-wanted.ts';
import type { GatewayStatus } from './run-gateways.ts';
import type { Acknowledgement, OperationResult } from './schema.ts';

export type GatewayContext = Pick<Ctx, 'db' | 'gateways' | 'actor' | 'now'>;

/** What is done to all of the gateways is audited under it. */
export const GATEWAY_SUBJECT = 'gateway';

interface Deed extends Omit<WantedChange, 'by'> {
  verb: string;
  /** Of the audit. */
  subject: string;
  /** Beside reason and version. */
  input: AuditInput['input'];
}

/** The common end of all that operators do to gateways: the new version and its audit entry in one transaction, then the push. */
export async function applyChange(
  { db, gateways, actor }: Pick<GatewayContext, 'db' | 'gateways' | 'actor'>,
  { verb, subject, input, ...change }: Deed,
): Promise<OperationResult> {
  const { at, reason } = change;
  const wanted = await db.$transaction(async (tx) => {
    const next = await changeWanted(tx, { ...change, by: actor.name });
    await writeAudit(tx, { actor, at, verb, subject, input: { ...input, reason, version: next.version } });
    return next;
  });
  return { version: wanted.version, acknowledgements: (await gateways.push(wanted)).map(toAcknowledgement) };
}

export function toAcknowledgement({ instance, state, reason }: GatewayStatus): Acknowledgement {
  return { instance, state, reason };
}
