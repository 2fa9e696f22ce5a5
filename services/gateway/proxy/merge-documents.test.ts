import { expect, test } from 'vitest';
import { describeRoutes } from '#services/kit/openapi/describe-routes.ts';
import { mergeDocuments } from './merge-documents.ts';
import { pointRoute, ROUTES } from './routes.ts';

const documentOf = (name: string, urls: string[]) =>
  describeRoutes(
    { name, version: '1', url: '/' },
    urls.map((url) => ({ method: 'GET', url, operation: { summary: url, answers: {} } })),
  );

test('what the gateway passes on is told below /api, and who is silent is named', () => {
  const own = documentOf('gateway', ['/api/health']);
  const documents = new Map([
    ['orders' as const, documentOf('orders', ['/orders/:id', '/internal/orders/:id', '/livez', '/payments'])],
    ['auth' as const, null],
  ]);
  const merged = mergeDocuments(own, documents, ROUTES);
  expect(Object.keys(merged.paths)).toEqual(['/api/health', '/api/orders/{id}']);
  expect(merged.info.description).toContain('do not answer: auth.');
  // Where a route leads may be changed while the gateway runs.
  const elsewhere = mergeDocuments(
    own,
    documents,
    ROUTES.map((route) => pointRoute(route, 'auth')),
  );
  expect(Object.keys(elsewhere.paths)).toEqual(['/api/health']);
});
