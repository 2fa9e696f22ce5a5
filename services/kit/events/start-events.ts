import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Database } from '../database.ts';
import { every } from '../every.ts';
import type { Dependency } from '../health/dependency.ts';
import type { Log } from '../log.ts';
import { consumeDelivery } from './consume-delivery.ts';
import { addDeadLetterRoutes } from './dead-letter-routes.ts';
import { createEventMetrics } from './event-metrics.ts';
import { forgetOld } from './forget-old.ts';
import { namesOf, type Handlers } from './handlers.ts';
import { openTransport } from './open-transport.ts';
import { relayOutbox } from './relay-outbox.ts';
import { eventTables, type EventTables } from './tables.ts';
import type { Delivery } from './transport.ts';

/** Nobody waits for an event, and an idle service is to be idle. */
const RELAY_EVERY_MS = 300;
const SUBSCRIBE_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;

export interface EventsOptions<Tables extends EventTables> {
  /** Whose group, which is the service's name. */
  group: string;
  database: Database<Tables>;
  log: Log;
  handlers: Handlers<Tables>;
}

export interface Events {
  addMetrics: (registry: Registry) => void;
  addAdminRoutes: (admin: FastifyInstance) => void;
  /** Null, or why events wait in the outbox: for health, because the service goes on without its broker. */
  whyDegraded: () => string | null;
  /** What carries the events, for health. */
  dependency: Dependency;
  /** Begins to relay the outbox and to consume, once the schema is there and the transport answers. */
  start: () => void;
  stop: () => Promise<void>;
}

/** The events of a service: its outbox is relayed, and what its handlers name is consumed. Any number of instances may do so. */
export function createEvents<Tables extends EventTables>(options: EventsOptions<Tables>): Events {
  const { group, database, log, handlers } = options;
  const db = eventTables(database.db);
  const transport = openTransport(log);
  const { system } = transport;
  const metrics = createEventMetrics(db, group, system);
  const context = { db: database.db, group, system, handlers, metrics, log };
  const names = namesOf(handlers);
  const stops: (() => Promise<void>)[] = [];
  const stopping = new AbortController();
  let unsubscribe: (() => Promise<void>) | null = null;

  let wasReady = false;
  const isMigrated = async () => (wasReady ||= (await database.whyNotReady()) === null);
  const relay = async () => {
    if (!(await isMigrated())) return;
    while (!stopping.signal.aborted) {
      const count = await relayOutbox(db, transport);
      if (count === 0) return;
      metrics.sent(count);
    }
  };
  const deliver = (delivery: Delivery) => consumeDelivery(context, delivery);
  const subscribe = async () => {
    if (unsubscribe || names.length === 0 || !(await isMigrated())) return;
    unsubscribe = await transport.subscribe({ group, names, deliver });
    log.info({ group, names, system }, 'events are consumed');
  };
  return {
    addMetrics: metrics.register,
    addAdminRoutes: (admin) => addDeadLetterRoutes(admin, context),
    whyDegraded: transport.whyAway,
    dependency: {
      name: system,
      kind: 'queue',
      check: async () => {
        await transport.ping();
        return transport.whyAway();
      },
    },
    start: () => {
      stops.push(
        every(RELAY_EVERY_MS, log, 'relaying events', relay),
        every(SUBSCRIBE_EVERY_MS, log, 'subscribing to events', subscribe),
        every(FORGET_EVERY_MS, log, 'forgetting old events', () => forgetOld(db)),
      );
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(stops.map((stop) => stop()));
      await unsubscribe?.();
      await transport.close();
    },
  };
}
