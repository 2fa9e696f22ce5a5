import type { Message } from '#server/decode/otlp-messages.ts';
import type { Outcome } from './answer.ts';

/** One kind of telemetry that comes by OTLP: how its requests look, and what is done with them. */
export interface Signal {
  name: 'traces' | 'metrics' | 'logs';
  /** For requests in JSON. */
  request: Message;
  /** What the signal calls its rejected items in a partial success. */
  rejectedField: string;
  /** Decodes a protobuf request, whose bytes are its own to change; throws DecodeError. */
  decode: (body: Uint8Array, nowMs: number) => Decoded;
}

export interface Decoded {
  /** Who sent it, as far as it says. */
  source: string;
  /** Resolves when the rows are on the disk; rejects with a WalRefusal when they are not. */
  keep: () => Promise<Outcome>;
}
