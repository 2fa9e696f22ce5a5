import type { Kysely } from 'kysely';
import type { Counter } from 'prom-client';
import type { CallContext } from '#services/kit/call-service.ts';
import type { Log } from '#services/kit/log.ts';
import type { OrdersTables } from './tables.ts';

export interface OrdersContext extends CallContext {
  db: Kysely<OrdersTables>;
  log: Pick<Log, 'info' | 'warn'>;
  ordersCreated: Counter;
  /** Created orders by what became of them. */
  orders: Counter<'outcome'>;
}
