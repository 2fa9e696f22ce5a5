import type { z } from 'zod';
import type { NotificationContent } from '../notification-content.ts';

/** `retry`: the same message may get through later, not before `afterMs` if that is said. `failed`: it never will. */
export type Outcome =
  | { kind: 'sent'; reason: string }
  | { kind: 'retry'; reason: string; afterMs: number | null }
  | { kind: 'failed'; reason: string };

export interface Message {
  event: 'firing' | 'resolved' | 'test';
  /** The name of the channel. */
  receiver: string;
  content: NotificationContent;
  /** The console's address, the base of links. */
  publicUrl: string;
}

export type Send = (message: Message) => Promise<Outcome>;

/** Gives the value of an environment variable, or throws a SecretError that tells what to set it to. */
export type ReadSecret = (variable: string, whatItHolds: string) => string;

/** A kind of channel: what its configuration states, and how an alert is put, sent, and what the answer means. */
export interface ChannelKind<Stated extends z.ZodRawShape = z.ZodRawShape> {
  /** Its receiver takes one message in this time. */
  paceMs: number;
  /** How many it takes at once after a rest. */
  burst: number;
  /** Each alert is a message of its own, because the receiver keeps one state for each. */
  eachAlert: boolean;
  /** What config/channels.yaml states beside the name. */
  stated: z.ZodObject<Stated>;
  open: (stated: z.infer<z.ZodObject<Stated>>, readSecret: ReadSecret) => Send;
}

/** Lets each kind keep the types of its own configuration while all are listed as one type. */
export function defineKind<Stated extends z.ZodRawShape>(kind: ChannelKind<Stated>): ChannelKind {
  // Safe because `open` is only ever given what the kind's own `stated` has parsed.
  return kind as unknown as ChannelKind;
}
