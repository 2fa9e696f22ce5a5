import type { EventEnvelope } from './event.ts';

/** What becomes of a delivery: it is over (applied, or put away as dead), or it is to come again after a pause. */
export type Settlement = { kind: 'done' } | { kind: 'retry'; delayMs: number };

/** Before a delivery that nothing became of, because `deliver` threw, comes again; it does not count as an attempt. */
export const UNSETTLED_PAUSE_MS = 1_000;

export interface Delivery {
  /** As it lay there: a transport carries what it is given, parsed JSON or not. */
  body: unknown;
  /** The first is 1; a delivery whose consumer died counts. */
  attempt: number;
}

export interface Subscription {
  /** The group's instances share its deliveries; each group has all events of its names. */
  group: string;
  names: readonly string[];
  /** Never throws for a bad event; when it throws, nothing was settled (the database is away), and the delivery comes again. */
  deliver: (delivery: Delivery) => Promise<Settlement>;
}

/** Carries events at least once. `publish` answers when they are kept; what is published twice may be delivered twice. */
export interface Transport {
  /** OpenTelemetry's `messaging.system`. */
  readonly system: MessagingSystem;
  publish: (events: readonly EventEnvelope[]) => Promise<void>;
  /** Answers once the group will miss nothing, how to end it: a delivery that is under way is settled first. */
  subscribe: (subscription: Subscription) => Promise<() => Promise<void>>;
  /** Null while the broker takes events, as far as is known, else what is the matter: events wait in the outboxes meanwhile. */
  whyAway: () => string | null;
  /** Asks the broker something, and answers when it answered; throws when it does not. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

/** OpenTelemetry's names. */
export type MessagingSystem = 'postgresql' | 'rabbitmq' | 'redis';
