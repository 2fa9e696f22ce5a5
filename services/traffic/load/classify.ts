/**
 * How an answer counts. `served`: what the shop means to answer, a declined card and a gone product included. `limited`: over a
 * quota. `breaker`: refused because a breaker is open. `unanswered`: no connection, or no answer in time.
 */
export type Outcome = 'served' | 'limited' | 'breaker' | 'failed' | 'unanswered';

/** Statuses that are right answers of the business, by route. */
const MEANT: Readonly<Record<string, readonly number[]>> = {
  'GET /api/products/:id': [404],
  'POST /api/products/:id/reviews': [409],
  'POST /api/orders': [409],
  'POST /api/payments': [402, 409],
};

/** `status` is 0 when there was no answer; `code` is what its problem document says. */
export function classify(route: string, status: number, code: unknown): Outcome {
  if (status === 0) return 'unanswered';
  if (status < 400 || MEANT[route]?.includes(status)) return 'served';
  if (status === 429) return 'limited';
  return status === 503 && code === 'CIRCUIT_OPEN' ? 'breaker' : 'failed';
}
