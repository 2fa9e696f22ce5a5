import type { Generated, Kysely, Selectable } from 'kysely';

export type DeadLetterStatus = 'open' | 'redriven' | 'discarded';

/** In the schema of every service that publishes or consumes (migrations/001_event_tables.sql). */
export interface EventTables {
  outbox: {
    position: Generated<string>;
    id: string;
    type: string;
    key: string;
    payload: unknown;
    headers: Record<string, string>;
    occurred_at: Date;
  };
  inbox: {
    event_id: string;
    processed_at: Generated<Date>;
  };
  dead_letters: {
    event_id: string;
    type: string;
    key: string;
    payload: unknown;
    headers: Record<string, string>;
    occurred_at: Date;
    attempts: number;
    error: string;
    /** Of the attempt that failed last. */
    trace_id: string;
    status: Generated<DeadLetterStatus>;
    reason: string | null;
    dead_at: Generated<Date>;
    resolved_at: Date | null;
  };
}

export type DeadLetterRow = Selectable<EventTables['dead_letters']>;

/** Safe because only the tables above are touched through it, and `openDatabase` with `events` makes them. */
export function eventTables<Tables extends EventTables>(db: Kysely<Tables>): Kysely<EventTables> {
  return db as unknown as Kysely<EventTables>;
}
