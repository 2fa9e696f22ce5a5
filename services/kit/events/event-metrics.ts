import type { Kysely } from 'kysely';
import { Counter, Gauge, Histogram, type Metric, type Registry } from 'prom-client';
import { nameOf } from './event.ts';
import type { EventTables } from './tables.ts';
import type { MessagingSystem } from './transport.ts';

/** OpenTelemetry's boundaries for HTTP durations, which its messaging conventions share. */
const DURATION_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface EventMetrics {
  sent: (count: number) => void;
  processed: (type: string, outcome: string, seconds: number) => void;
  register: (registry: Registry) => void;
}

/** Messaging metrics by OpenTelemetry's names, and what lies in the outbox and among the dead letters when they are read. */
export function createEventMetrics(db: Kysely<EventTables>, group: string, system: MessagingSystem): EventMetrics {
  const constant = { messaging_system: system, messaging_consumer_group_name: group };
  const sent = new Counter({
    name: 'messaging_client_sent_messages_total',
    help: 'Events that the relay sent.',
    labelNames: ['messaging_system'],
    registers: [],
  });
  const labelNames = ['messaging_system', 'messaging_consumer_group_name', 'messaging_destination_name', 'outcome'];
  const consumed = new Counter({
    name: 'messaging_client_consumed_messages_total',
    help: 'Events that were handled, by outcome: applied, duplicate, retry, dead.',
    labelNames,
    registers: [],
  });
  const duration = new Histogram({
    name: 'messaging_process_duration_seconds',
    help: 'How long events took to be handled.',
    labelNames: labelNames.slice(0, 3),
    buckets: DURATION_BOUNDS_S,
    registers: [],
  });
  const dead = new Gauge({
    name: 'messaging_dead_letters',
    help: 'Dead letters that nobody has decided about.',
    labelNames: ['messaging_consumer_group_name', 'messaging_destination_name'],
    registers: [],
    collect: async () => {
      const rows = await readOrNothing(() =>
        db
          .selectFrom('dead_letters')
          .select((eb) => ['type', eb.fn.countAll<string>().as('count')])
          .where('status', '=', 'open')
          .groupBy('type')
          .execute(),
      );
      dead.reset();
      const counts = new Map<string, number>();
      for (const { type, count } of rows) counts.set(nameOf(type), (counts.get(nameOf(type)) ?? 0) + Number(count));
      for (const [name, count] of counts)
        dead.set({ messaging_consumer_group_name: group, messaging_destination_name: name }, count);
    },
  });
  const waiting = new Gauge({
    name: 'messaging_outbox_messages',
    help: 'Events that are committed and not sent yet.',
    registers: [],
    collect: async () => {
      const rows = await readOrNothing(() =>
        db
          .selectFrom('outbox')
          .select((eb) => eb.fn.countAll<string>().as('count'))
          .execute(),
      );
      for (const { count } of rows) waiting.set(Number(count));
    },
  });
  return {
    sent: (count) => sent.inc({ messaging_system: system }, count),
    processed: (type, outcome, seconds) => {
      const labels = { ...constant, messaging_destination_name: nameOf(type) };
      consumed.inc({ ...labels, outcome });
      duration.observe(labels, seconds);
    },
    register: (registry) => {
      for (const metric of [sent, consumed, duration, dead, waiting]) registry.registerMetric(metric as Metric);
    },
  };
}

/** A scrape is answered while PostgreSQL is away: everything else in it is true. */
async function readOrNothing<Row>(read: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}
