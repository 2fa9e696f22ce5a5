import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { askService, findAdminUrls } from './ask-service.ts';
import { DeadLetterDetail, type DeadLetter, type DeadLetterInput } from './schema.ts';

/** A dead letter with its payload and its headers. */
export async function getDeadLetter(ctx: Pick<Ctx, 'db'>, { service, eventId }: DeadLetterInput): Promise<DeadLetter> {
  const adminUrl = await adminUrlOf(ctx, service);
  const letter = await askService(adminUrl, { method: 'GET', path: `/${eventId}` }, DeadLetterDetail);
  return { ...letter, service };
}

/** Throws UNAVAILABLE when no instance of the service is registered and well. */
export async function adminUrlOf(ctx: Pick<Ctx, 'db'>, service: string): Promise<string> {
  const adminUrl = (await findAdminUrls(ctx, service)).get(service);
  if (adminUrl === undefined)
    throw new AppError('UNAVAILABLE', `No instance of ${service} is registered and well: there is nobody to ask.`);
  return adminUrl;
}
