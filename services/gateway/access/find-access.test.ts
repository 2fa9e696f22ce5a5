import { expect, it } from 'vitest';
import { findAccess } from './find-access.ts';
import { ACCESS_RULES } from './rules.ts';

it.each([
  ['POST', '/auth/login', 'public'],
  ['POST', '/auth/l%6fgin', 'public'],
  ['GET', '/auth/login', 'USER'],
  ['GET', '/auth/me', 'USER'],
  ['GET', '/products?limit=20', 'public'],
  ['HEAD', '/products/tamper', 'public'],
  ['POST', '/products/tamper', 'USER'],
  ['GET', '/productsandmore', 'USER'],
  ['GET', '/inventory/tamper', 'public'],
  ['GET', '/inventory/', 'USER'],
  ['POST', '/inventory/tamper/deliveries', 'ADMIN'],
  ['DELETE', '/inventory/t%61mper', 'ADMIN'],
  ['GET', '/orders', 'USER'],
  ['POST', '/payments?x=/products', 'USER'],
  ['GET', '/what-nobody-thought-of', 'USER'],
])('%s %s is for %s', (method, path, access) => {
  expect(findAccess(ACCESS_RULES, method, path)).toBe(access);
});
