import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Log } from '../log.ts';
import { applyEvent } from './apply-event.ts';
import { buryEvent } from './bury-event.ts';
import { ATTEMPTS_MAX, decideFailure, HopelessEventError } from './decide-failure.ts';
import { CORRELATION_HEADER, EventEnvelope } from './event.ts';
import type { Handlers } from './handlers.ts';
import { asProcessed } from './message-span.ts';
import type { EventMetrics } from './event-metrics.ts';
import { eventTables, type EventTables } from './tables.ts';
import type { Delivery, MessagingSystem, Settlement } from './transport.ts';

export interface ConsumeContext<Tables extends EventTables> {
  db: Kysely<Tables>;
  group: string;
  system: MessagingSystem;
  handlers: Handlers<Tables>;
  metrics: Pick<EventMetrics, 'processed'>;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
}

type Outcome = { kind: 'applied' | 'duplicate' | 'dead' } | { kind: 'retry'; delayMs: number };

/** Applies what was delivered, or says when it is to come again, or puts it among the dead letters. */
export async function consumeDelivery<Tables extends EventTables>(
  ctx: ConsumeContext<Tables>,
  { body, attempt }: Delivery,
): Promise<Settlement> {
  const startedMs = performance.now();
  const parsed = EventEnvelope.safeParse(body);
  const event = parsed.success ? parsed.data : unreadable(body);
  const message = { ...event, correlationId: event.headers[CORRELATION_HEADER], group: ctx.group, attempt };
  const outcome = await asProcessed(ctx.system, message, async (failed): Promise<Outcome> => {
    try {
      if (!parsed.success) throw new HopelessEventError('This is no event: its envelope cannot be read.');
      // Each attempt before this one killed its consumer, or this would have been decided.
      if (attempt > ATTEMPTS_MAX) throw new HopelessEventError(`None of ${attempt - 1} attempts came to an end.`);
      return { kind: await applyEvent(ctx.db, ctx.handlers, event) };
    } catch (error) {
      failed(error as Error);
      const failure = decideFailure(error, attempt);
      const facts = { err: error, eventId: event.id, type: event.type, attempt };
      if (failure.kind === 'retry') ctx.log.warn(facts, 'an event failed, and comes again');
      else {
        await buryEvent(eventTables(ctx.db), event, { attempts: attempt, error: (error as Error).message });
        ctx.log.error(facts, 'an event is a dead letter now');
      }
      return failure;
    }
  });
  ctx.metrics.processed(event.type, outcome.kind, (performance.now() - startedMs) / 1_000);
  return outcome.kind === 'retry' ? outcome : { kind: 'done' };
}

/** So that it can be looked at: an envelope of our own around what could not be read. */
function unreadable(body: unknown): EventEnvelope {
  const occurredAt = new Date().toISOString();
  return { id: randomUUID(), type: 'unreadable', key: '', occurredAt, payload: body ?? null, headers: {} };
}
