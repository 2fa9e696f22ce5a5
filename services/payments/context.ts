import type { Kysely } from 'kysely';
import type { Counter } from 'prom-client';
import type { CallContext } from '#services/kit/call-service.ts';
import type { Log } from '#services/kit/log.ts';
import type { PaymentsTables } from './tables.ts';

export interface PaymentsContext extends CallContext {
  db: Kysely<PaymentsTables>;
  log: Pick<Log, 'info' | 'warn'>;
  payments: Counter<'outcome'>;
  revenueCents: Counter;
}
