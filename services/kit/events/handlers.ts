import type { Transaction } from 'kysely';
import type { EventType, PayloadOf } from './contracts.ts';
import { nameOf } from './event.ts';

export interface ReceivedEvent<Type extends EventType> {
  id: string;
  type: Type;
  key: string;
  payload: PayloadOf<Type>;
  occurredAt: Date;
  correlationId: string;
}

/** What a service does about events, by type; each effect is written by `trx`, and so happens once. */
export type Handlers<Tables> = {
  [Type in EventType]?: (trx: Transaction<Tables>, event: ReceivedEvent<Type>) => Promise<void>;
};

export function namesOf<Tables>(handlers: Handlers<Tables>): string[] {
  return [...new Set(Object.keys(handlers).map(nameOf))];
}
