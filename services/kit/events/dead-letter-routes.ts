import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { discardDeadLetter, getDeadLetter, listDeadLetters, redriveDeadLetter } from './dead-letters.ts';
import type { Handlers } from './handlers.ts';
import type { Kysely } from 'kysely';
import { eventTables, type EventTables } from './tables.ts';
import type { MessagingSystem } from './transport.ts';

const ListInput = z.strictObject({ status: z.enum(['open', 'redriven', 'discarded']).default('open') });
const LetterParams = z.object({ id: z.uuid() });
const DiscardInput = z.strictObject({ reason: z.string().trim().min(1).max(500) });

export interface DeadLetterRoutesOptions<Tables extends EventTables> {
  db: Kysely<Tables>;
  group: string;
  system: MessagingSystem;
  handlers: Handlers<Tables>;
}

/** For the admin port: what the console's page of dead letters asks. */
export function addDeadLetterRoutes<Tables extends EventTables>(
  admin: FastifyInstance,
  options: DeadLetterRoutesOptions<Tables>,
): void {
  const db = eventTables(options.db);
  admin.get('/dead-letters', async ({ query }) => ({
    group: options.group,
    deadLetters: await listDeadLetters(db, ListInput.parse(query).status),
  }));
  admin.get('/dead-letters/:id', async ({ params }) => getDeadLetter(db, idOf(params)));
  admin.post('/dead-letters/:id/redrive', async ({ params, log }) => {
    const letter = await redriveDeadLetter(options, idOf(params));
    log.warn({ eventId: letter.eventId, type: letter.type }, 'a dead letter was redriven');
    return letter;
  });
  admin.post('/dead-letters/:id/discard', async ({ params, body, log }) => {
    const { reason } = DiscardInput.parse(body);
    const letter = await discardDeadLetter(db, idOf(params), reason);
    log.warn({ eventId: letter.eventId, type: letter.type, reason }, 'a dead letter was discarded');
    return letter;
  });
}

function idOf(params: unknown): string {
  return LetterParams.parse(params).id;
}
