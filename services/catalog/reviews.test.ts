import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { createApp } from '#services/kit/create-app.ts';
import { openDatabase, type Database } from '#services/kit/database.ts';
import { signToken } from '#services/kit/tokens.ts';
import { addCatalogRoutes } from './routes.ts';
import type { CatalogTables } from './tables.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const reviewsWritten = new Counter({ name: 'reviews', help: '-', registers: [] });
let postgres: TestPostgres;
let database: Database<CatalogTables>;
let app: FastifyInstance;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = openDatabase<CatalogTables>({
    url: postgres.url,
    schema: 'catalog',
    migrationsDir: path.join(import.meta.dirname, 'migrations'),
    events: true,
    log,
  });
  await vi.waitFor(async () => expect(await database.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  app = createApp(log);
  addCatalogRoutes(app, { db: database.db, jwtSecret, reviewsWritten });
});
afterAll(async () => {
  await app?.close();
  await database?.close();
  await postgres?.stop();
});

const bearer = async (name = 'Ada') => `Bearer ${await signToken(jwtSecret, { id: randomUUID(), name })}`;

async function write(productId: string, body: object, authorization: string) {
  const headers = { host: 'localhost', ...(authorization && { authorization }) };
  const answer = await app.inject({ method: 'POST', url: `/products/${productId}/reviews`, headers, body });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

async function list(productId: string, query = '') {
  const answer = await app.inject({ url: `/products/${productId}/reviews${query}`, headers: { host: 'localhost' } });
  return { status: answer.statusCode, body: answer.json<{ reviews: { text: string }[]; total: number }>() };
}

test('customers say what they think of a product, and everybody reads it, newest first and by pages', async () => {
  for (const [index, rating] of [5, 4, 2].entries())
    expect(await write('travel-mug', { rating, text: `  said ${index}  ` }, await bearer('Ben'))).toMatchObject({
      status: 201,
      body: { rating, text: `said ${index}`, author: 'Ben' },
    });
  const all = await list('travel-mug');
  expect(all).toMatchObject({ status: 200, body: { total: 3, averageRating: 3.67 } });
  expect(all.body.reviews.map(({ text }) => text)).toEqual(['said 2', 'said 1', 'said 0']);
  const page = await list('travel-mug', '?limit=1&offset=1');
  expect(page.body).toMatchObject({ total: 3, averageRating: 3.67, reviews: [{ text: 'said 1' }] });
  expect((await list('travel-mug', '?sort=rating&limit=1')).body.reviews).toMatchObject([{ text: 'said 2' }]);
  expect((await reviewsWritten.get()).values[0]?.value).toBe(3);
});

test('there are reviews from the shop before, and none where nobody said anything', async () => {
  expect((await list('moka-pot')).body).toMatchObject({ total: 2, averageRating: 3.5 });
  expect((await list('latte-glass')).body).toEqual({ reviews: [], total: 0, averageRating: null });
});

test('a customer has one word on a product, also when it is said twice at once', async () => {
  const ada = await bearer();
  const said = await Promise.all([1, 2, 3].map((rating) => write('descaler', { rating, text: 'It descales.' }, ada)));
  expect(said.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  expect((await write('group-brush', { rating: 3, text: 'It brushes.' }, ada)).status).toBe(201);
});

test.each([
  ['six stars', 'tamper', { rating: 6, text: 'Wonderful' }, 400],
  ['half a star', 'tamper', { rating: 1.5, text: 'Fine' }, 400],
  ['nothing', 'tamper', { rating: 3, text: '   ' }, 400],
  ['too much', 'tamper', { rating: 3, text: 'x'.repeat(2_001) }, 400],
  ['another name', 'tamper', { rating: 3, text: 'Fine', author: 'Eve' }, 400],
  ['something of what is not sold', 'no-such-thing', { rating: 3, text: 'Fine' }, 404],
])('nobody says %s', async (_name, productId, body, status) => {
  expect((await write(productId, body, await bearer())).status).toBe(status);
});

test('who is not known says nothing, and what is not sold has no reviews', async () => {
  expect((await write('tamper', { rating: 3, text: 'Fine' }, '')).status).toBe(401);
  expect((await list('no-such-thing')).status).toBe(404);
  expect((await list('tamper', '?limit=1000')).status).toBe(400);
});
