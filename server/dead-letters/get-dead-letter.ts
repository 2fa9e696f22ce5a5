import { listAudit } from '#server/audit/list-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { askService, findAdminUrls, NOBODY_TO_ASK } from './ask-service.ts';
import { DeadLetterDetail, type DeadLetterFile, type DeadLetterInput } from './schema.ts';

const AUDIT_MAX = 20;

/** A dead letter with its payload and its headers, and what was done about it. */
export async function getDeadLetter(
  ctx: Pick<Ctx, 'db'>,
  { service, eventId }: DeadLetterInput,
): Promise<DeadLetterFile> {
  const adminUrl = await adminUrlOf(ctx, service);
  const [letter, entries] = await Promise.all([
    askService(adminUrl, { method: 'GET', path: `/${eventId}` }, DeadLetterDetail),
    listAudit(ctx, subjectOf({ service, eventId }), AUDIT_MAX),
  ]);
  const audit = entries.map(({ input, ...entry }) => ({ ...entry, reason: String(input.reason ?? '') }));
  return { ...letter, service, audit };
}

/** Names a dead letter in the audit. */
export function subjectOf({ service, eventId }: DeadLetterInput): string {
  return `${service}/${eventId}`;
}

/** Throws UNAVAILABLE when no instance of the service is registered and well. */
export async function adminUrlOf(ctx: Pick<Ctx, 'db'>, service: string): Promise<string> {
  const adminUrl = (await findAdminUrls(ctx, service)).get(service);
  if (!adminUrl) throw new AppError('UNAVAILABLE', `${service}: ${NOBODY_TO_ASK}`);
  return adminUrl;
}
