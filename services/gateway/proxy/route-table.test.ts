import { describe, expect, it } from 'vitest';
import { createRouteTable } from './route-table.ts';
import { ROUTES } from './routes.ts';

const { resolve } = createRouteTable();

describe('the table of routes', () => {
  it.each([
    ['/api/payments', 'payments', '/payments'],
    ['/api/payments/', 'payments', '/payments/'],
    ['/api/payments/42?expand=order&x=../..', 'payments', '/payments/42?expand=order&x=../..'],
    ['/api/products/a%20b', 'catalog', '/products/a%20b'],
    ['/api/products/100%25', 'catalog', '/products/100%25'],
    ['/api/products/v1.2...3', 'catalog', '/products/v1.2...3'],
    ['/api/shipments/1', 'shipping', '/shipments/1'],
    ['/api/auth/login', 'auth', '/auth/login'],
  ])('%s goes to %s', (target, upstream, upstreamPath) => {
    expect(resolve(target)).toMatchObject({ kind: 'route', route: { upstream }, upstreamPath });
  });

  it('gives all paths of a service one http.route', () => {
    expect(resolve('/api/orders/1/items/2')).toMatchObject({ route: { httpRoute: '/api/orders/*' } });
  });

  it.each([
    '/',
    '/api',
    '/api/',
    '/api/admin/users',
    '/payments/1',
    '/api/paymentsx/1',
    '/API/payments/1',
    '/api/__proto__/x',
  ])('%s is unknown', (target) => {
    expect(resolve(target)).toEqual({ kind: 'unknown' });
  });

  it.each([
    'http://evil.example/api/payments/1',
    '*',
    '//api/payments/1',
    '/api//payments/1',
    '/api/payments//1',
    '/api/payments/../orders/1',
    '/api/payments/./1',
    '/api/payments/..',
    '/api/payments/%2e%2e/orders/1',
    '/api/payments/.%2E/orders/1',
    '/api/payments/..;x/orders/1',
    '/api/payments/..%3bx/orders/1',
    '/api/payments/..%2forders',
    '/api/payments/%5c..%5corders',
    '/api/payments\\..\\orders',
    '/api/payments/%252e%252e/orders',
    '/api/payments/%25252e/orders',
    '/api/payments/%00',
    '/api/payments/%0d%0aX:1',
    '/api/payments/%zz',
    '/api/payments/%ff',
    '/api/payments/%',
    '/api/payments/#x',
    '/api/payments/ä',
  ])('%s is refused', (target) => {
    expect(resolve(target)).toMatchObject({ kind: 'refused', detail: expect.stringMatching(/\.$/) });
  });

  it('is replaced as a whole, and goes by its new routes from then on', () => {
    const table = createRouteTable();
    const before = table.resolve('/api/orders/1');
    const [first, ...others] = ROUTES.map((route) => ({ ...route, cacheTtlMs: 500 }));
    table.replace(others);
    expect(before).toMatchObject({ route: { cacheTtlMs: 0 } });
    expect(table.resolve('/api/orders/1')).toMatchObject({ route: { cacheTtlMs: 500 } });
    expect(table.resolve(`/api/${first!.segment}`)).toEqual({ kind: 'unknown' });
    expect(table.routes).toEqual(others);
  });
});
