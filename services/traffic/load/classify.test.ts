import { expect, it } from 'vitest';
import { classify } from './classify.ts';

it.each([
  ['GET /api/products', 200, undefined, 'served'],
  ['GET /api/products/:id', 404, 'NOT_FOUND', 'served'],
  ['GET /api/products', 404, 'NOT_FOUND', 'failed'],
  ['POST /api/products/:id/reviews', 409, 'CONFLICT', 'served'],
  ['POST /api/payments', 402, 'PAYMENT_REQUIRED', 'served'],
  ['POST /api/orders', 409, 'CONFLICT', 'served'],
  ['POST /api/orders', 401, 'UNAUTHENTICATED', 'failed'],
  ['POST /api/auth/login', 429, 'TOO_MANY_REQUESTS', 'limited'],
  ['POST /api/payments', 503, 'CIRCUIT_OPEN', 'breaker'],
  ['POST /api/payments', 503, 'UNAVAILABLE', 'failed'],
  ['POST /api/payments', 502, 'CONNECT', 'failed'],
  ['POST /api/payments', 0, undefined, 'unanswered'],
] as const)('%s answered %s %s counts as %s', (route, status, code, outcome) => {
  expect(classify(route, status, code)).toBe(outcome);
});
