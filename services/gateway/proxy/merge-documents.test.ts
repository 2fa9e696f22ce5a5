import { expect, test } from 'vitest';
import { describeRoutes } from '#services/kit/openapi/describe-routes.ts';
import { mergeDocuments } from './merge-documents.ts';

const documentOf = (name: string, urls: string[]) =>
  describeRoutes(
    { name, version: '1', url: '/' },
    urls.map((url) => ({ method: 'GET', url, operation: { summary: url, answers: {} } })),
  );

test('what the gateway passes on is told below /api, and who is silent is named', () => {
  const merged = mergeDocuments(
    documentOf('gateway', ['/api/health']),
    new Map([
      ['orders', documentOf('orders', ['/orders/:id', '/internal/orders/:id', '/livez', '/payments'])],
      ['auth', null],
    ]),
  );
  expect(Object.keys(merged.paths)).toEqual(['/api/health', '/api/orders/{id}']);
  expect(merged.info.description).toContain('do not answer: auth.');
});
