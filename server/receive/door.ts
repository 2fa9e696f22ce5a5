import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRefusal } from './answer.ts';
import type { Held } from './in-flight.ts';
import type { Signal } from './signal.ts';

/** What comes in at one path of the HTTP server. */
export interface Door {
  name: DoorName;
  path: string;
  /** Judges what stands before the body; throws HttpRefusal. */
  check: (request: IncomingMessage) => void;
  /** Decodes the body as it came, which takes more of `held`; throws DecodeError or HttpRefusal. */
  decode: (request: IncomingMessage, raw: Buffer, held: Held) => Promise<Kept>;
  refuse: (request: IncomingMessage, response: ServerResponse, refusal: HttpRefusal) => void;
}

export interface Kept {
  /** Who sent it, as far as it says. */
  source: string;
  /** Resolves to the answer when the rows are on the disk; rejects with a WalRefusal when they are not. */
  keep: () => Promise<(response: ServerResponse) => void>;
}

export type DoorName = Signal['name'] | 'remote_write';

export function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0]!;
}
