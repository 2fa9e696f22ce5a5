import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { addAuthRoutes } from './auth/routes.ts';
import { addCatalogRoutes } from './catalog/routes.ts';
import { startTestGateway } from './gateway/testing/start-test-gateway.ts';
import { addInventoryRoutes } from './inventory/routes.ts';
import { createApp } from './kit/create-app.ts';
import { addHealthRoutes } from './kit/health-routes.ts';
import { createMetrics } from './kit/metrics.ts';
import type { OpenApiDocument } from './kit/openapi/describe-routes.ts';
import { DOCUMENT_PATH, serveDocument } from './kit/openapi/serve-document.ts';
import { addNotificationRoutes } from './notifications/routes.ts';
import { addOrderRoutes } from './orders/routes.ts';
import { addPaymentRoutes } from './payments/routes.ts';
import { addShippingRoutes } from './shipping/routes.ts';

/** Nothing is asked of what the routes work with: they are only told of. */
const NOTHING = {} as never;
const SERVICES: Record<string, (app: FastifyInstance) => void> = {
  auth: (app) => addAuthRoutes(app, NOTHING),
  catalog: (app) => addCatalogRoutes(app, NOTHING),
  inventory: (app) => addInventoryRoutes(app, NOTHING),
  orders: (app) => addOrderRoutes(app, NOTHING),
  payments: (app) => addPaymentRoutes(app, NOTHING),
  shipping: (app) => addShippingRoutes(app, NOTHING),
  notifications: (app) => addNotificationRoutes(app, NOTHING),
};
const open: { close: () => Promise<unknown> }[] = [];
afterAll(() => Promise.all(open.map((each) => each.close())));

test.each(Object.entries(SERVICES))('%s tells of each of its routes, without a fault', async (name, add) => {
  const { app, routes } = build(name, add);
  const { body } = await app.inject({ url: DOCUMENT_PATH, headers: { host: 'localhost' } });
  expect(described(body).toSorted()).toEqual(routes.toSorted());
  expect(await faultsOf(body)).toEqual([]);
});

test('the gateway tells of what it passes on and of what it answers itself, without a fault', async () => {
  const { app } = build('shop', (scope) => Object.values(SERVICES).forEach((add) => add(scope)));
  const gateway = await startTestGateway(await app.listen({ host: '127.0.0.1', port: 0 }));
  open.push({ close: gateway.stop });
  const own = build('gateway', (scope) => {
    gateway.gateway.registerHealth(scope);
    gateway.gateway.registerProxy(scope);
  });
  const ownAnswer = await own.app.inject({ url: DOCUMENT_PATH, headers: { host: 'localhost' } });
  expect(described(ownAnswer.body).toSorted()).toEqual(own.routes.toSorted());

  const body = await (await fetch(`${gateway.url}${DOCUMENT_PATH}`)).text();
  expect(await faultsOf(body)).toEqual([]);
  const told = described(body);
  expect(told).toEqual(
    expect.arrayContaining([
      'GET /api/health/circuits',
      'POST /api/auth/login',
      'GET /api/products/{id}',
      'POST /api/orders',
    ]),
  );
  expect(told.filter((route) => route.includes('/internal/'))).toEqual([]);
});

test('the linter looks into schemas', async () => {
  const schema = { type: 'strng' };
  const responses = { 200: { description: 'Done.', content: { 'application/json': { schema } } } };
  const paths = { '/a': { get: { operationId: 'a', summary: 'A', security: [], responses } } };
  const document = { openapi: '3.1.1', info: { title: 'a', version: '1' }, servers: [{ url: '/' }], paths };
  expect(await faultsOf(JSON.stringify(document))).toEqual([expect.stringMatching(/^struct .*`type` can be one/)]);
});

/** A service's app as `startService` builds it, and the routes that it really has. */
function build(name: string, add: (app: FastifyInstance) => void) {
  const app = createApp(pino({ level: 'silent' }));
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.undocumented !== undefined) return;
    for (const each of [method].flat())
      if (each !== 'HEAD') routes.push(`${each} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
  serveDocument(app, { name, version: '1.0.0' });
  addHealthRoutes(app, NOTHING, createMetrics().registry);
  void app.register(async (business) => add(business));
  open.push(app);
  return { app, routes };
}

function described(body: string): string[] {
  const { paths } = JSON.parse(body) as OpenApiDocument;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

async function faultsOf(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended'],
    // Nobody publishes these services, so nobody asks for a licence; and probes refuse nobody.
    rules: { 'info-license': 'off', 'operation-4xx-response': 'off' },
  });
  const problems = await lintFromString({ source, config });
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
}
