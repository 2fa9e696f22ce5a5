import type { NotificationContent } from '../notification-content.ts';

/** `retry`: the same message may get through later, not before `afterMs` if that is said. `failed`: it never will. */
export type Outcome =
  | { kind: 'sent'; reason: string }
  | { kind: 'retry'; reason: string; afterMs: number | null }
  | { kind: 'failed'; reason: string };

export interface Message {
  event: 'firing' | 'resolved' | 'test';
  content: NotificationContent;
}

/** A kind of channel: how an alert is put, sent, and what the answer means. */
export interface ChannelKind {
  /** Its receiver takes one message in this time. */
  paceMs: number;
  /** How many it takes at once after a rest. */
  burst: number;
  send: (url: string, message: Message, publicUrl: string) => Promise<Outcome>;
}
