import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { currentCorrelation } from '../correlation.ts';
import { CONTRACTS, type EventType, type PayloadOf } from './contracts.ts';
import { readEventsEnv, systemOf } from './env.ts';
import { CORRELATION_HEADER } from './event.ts';
import { asCreated } from './message-span.ts';
import { eventTables, type EventTables } from './tables.ts';
import type { MessagingSystem } from './transport.ts';

export interface NewEvent<Type extends EventType> {
  type: Type;
  key: string;
  payload: PayloadOf<Type>;
  /** What began it, where no undertaking is under way that it belongs to. */
  correlationId: string;
}

/** Writes an event into the outbox by the caller's transaction: it is sent if and only if that commits. */
export function publishEvent<Type extends EventType, Tables extends EventTables>(
  trx: Kysely<Tables>,
  { type, key, payload, correlationId: beginning }: NewEvent<Type>,
): Promise<void> {
  const id = randomUUID();
  const correlationId = currentCorrelation() ?? beginning;
  return asCreated(ownSystem(), { id, type, correlationId }, async (headers) => {
    await eventTables(trx)
      .insertInto('outbox')
      .values({
        id,
        type,
        key,
        payload: JSON.stringify(CONTRACTS[type].parse(payload)),
        headers: { ...headers, [CORRELATION_HEADER]: correlationId },
        occurred_at: new Date(),
      })
      .execute();
  });
}

let system: MessagingSystem | undefined;

/** Of the transport that this process's outbox is relayed by. */
function ownSystem(): MessagingSystem {
  return (system ??= systemOf(readEventsEnv()));
}
