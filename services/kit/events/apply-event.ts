import type { Kysely, Transaction } from 'kysely';
import { CONTRACTS, isKnownType, type EventType, type PayloadOf } from './contracts.ts';
import { HopelessEventError } from './decide-failure.ts';
import { CORRELATION_HEADER, nameOf, type EventEnvelope } from './event.ts';
import type { Handlers, ReceivedEvent } from './handlers.ts';
import { eventTables, type EventTables } from './tables.ts';

/** Applies an event in one transaction with the mark that it was, and `also`; an event that was applied changes nothing. */
export async function applyEvent<Tables extends EventTables>(
  db: Kysely<Tables>,
  handlers: Handlers<Tables>,
  event: EventEnvelope,
  also: (trx: Transaction<Tables>) => Promise<void> = async () => {},
): Promise<'applied' | 'duplicate'> {
  const apply = prepare(handlers, event);
  return db.transaction().execute(async (trx) => {
    const marked = await eventTables(trx)
      .insertInto('inbox')
      .values({ event_id: event.id })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    await also(trx);
    if (marked.numInsertedOrUpdatedRows === 0n) return 'duplicate';
    await apply(trx);
    return 'applied';
  });
}

/** More than these say the same again. */
const ISSUES_TOLD_MAX = 5;

function readPayload<Type extends EventType>(type: Type, payload: unknown): PayloadOf<Type> {
  const parsed = CONTRACTS[type].safeParse(payload);
  // Safe because the contract of this very type parsed it.
  if (parsed.success) return parsed.data as PayloadOf<Type>;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'all of it'}: ${message}`);
  const told = issues.slice(0, ISSUES_TOLD_MAX).join('; ');
  const more = issues.length > ISSUES_TOLD_MAX ? `; and ${issues.length - ISSUES_TOLD_MAX} more` : '';
  throw new HopelessEventError(`The payload breaks the contract of ${type}. ${told}${more}`);
}

function prepare<Tables>(handlers: Handlers<Tables>, { id, type, key, occurredAt, payload, headers }: EventEnvelope) {
  const handler = isKnownType(type) ? handlers[type] : undefined;
  if (!isKnownType(type) || !handler) {
    const known = Object.keys(handlers).filter((each) => nameOf(each) === nameOf(type));
    throw new HopelessEventError(`${type} is not handled here. Handled: ${known.join(', ') || 'none of that name'}.`);
  }
  const event = {
    id,
    type,
    key,
    payload: readPayload(type, payload),
    occurredAt: new Date(occurredAt),
    correlationId: headers[CORRELATION_HEADER] ?? id,
  };
  // Safe because `type` chose both the handler and the contract that the payload was parsed by.
  const call = handler as unknown as (trx: Transaction<Tables>, event: ReceivedEvent<EventType>) => Promise<void>;
  return (trx: Transaction<Tables>) => call(trx, event as ReceivedEvent<EventType>);
}
