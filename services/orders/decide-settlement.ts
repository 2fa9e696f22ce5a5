import type { OrderRow } from './tables.ts';

/** A shopper who has not paid by then has left, and the goods go back on the shelf. */
export const PAY_WITHIN_MS = 45_000;
/** Younger than this, the request that left the order so may still be at it. */
export const IN_FLIGHT_MS = 3_000;

export type Settlement = 'expire' | 'fulfil' | 'release' | 'wait';

/** What an order needs that no request looks after any more. */
export function decideSettlement(
  order: Pick<OrderRow, 'status' | 'updated_at' | 'stock_released_at'>,
  now: number,
): Settlement {
  const ageMs = now - order.updated_at.getTime();
  if (order.status === 'pending') return ageMs > PAY_WITHIN_MS ? 'expire' : 'wait';
  if (ageMs <= IN_FLIGHT_MS) return 'wait';
  if (order.status === 'paid') return 'fulfil';
  return order.status === 'cancelled' && order.stock_released_at === null ? 'release' : 'wait';
}
