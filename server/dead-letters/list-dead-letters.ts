import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { askService, findAdminUrls, NOBODY_TO_ASK } from './ask-service.ts';
import { DeadLetterSummary, type DeadLetterList, type DeadLetterRow, type DeadLetterStatus } from './schema.ts';

const Answer = z.object({ deadLetters: z.array(DeadLetterSummary) });

/** The dead letters of every service that is registered, and which services could not be asked. */
export async function listDeadLetters(
  ctx: Pick<Ctx, 'db'>,
  { status }: { status: DeadLetterStatus },
): Promise<DeadLetterList> {
  const adminUrls = [...(await findAdminUrls(ctx))];
  const services: string[] = [];
  const unreachable: DeadLetterList['unreachable'] = [];
  const lists = await Promise.all(
    adminUrls.map(async ([service, adminUrl]): Promise<DeadLetterRow[]> => {
      if (adminUrl === null) {
        unreachable.push({ service, reason: NOBODY_TO_ASK });
        return [];
      }
      try {
        const path = `?status=${status}`;
        const { deadLetters } = await askService(adminUrl, { method: 'GET', path }, Answer);
        services.push(service);
        return deadLetters.map((letter) => ({ ...letter, service }));
      } catch (error) {
        // Services without events have no such address.
        const hasNone = error instanceof AppError && error.code === 'NOT_FOUND';
        if (!hasNone) unreachable.push({ service, reason: (error as Error).message });
        return [];
      }
    }),
  );
  const deadLetters = lists.flat().toSorted((a, b) => b.deadAt.localeCompare(a.deadAt));
  return {
    deadLetters,
    services: services.toSorted(),
    unreachable: unreachable.toSorted((a, b) => a.service.localeCompare(b.service)),
  };
}
