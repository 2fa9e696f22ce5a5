import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream, type FakeUpstream } from '../testing/start-upstream.ts';

const PATIENT = { UPSTREAM_ANSWER_TIMEOUT_MS: '60000', CIRCUIT_BREAKER_FAILURE_THRESHOLD: '3' };
const PRODUCT = {
  id: 'mug',
  name: 'Mug',
  description: 'Holds tea',
  category: 'cups',
  priceCents: 900,
  currency: 'EUR',
};
const REVIEWS = {
  reviews: [{ id: '1', rating: 4, text: 'Good', author: 'Ada', createdAt: '2026-11-21T00:00:00Z' }],
  total: 1,
  averageRating: 4,
};
type Answer = (response: ServerResponse) => void;
const json =
  (body: object, status = 200): Answer =>
  (response) => {
    response.statusCode = status;
    response.end(JSON.stringify(body));
  };

let upstream: FakeUpstream;
let gateway: Awaited<ReturnType<typeof startTestGateway>>;
let answers: Record<string, Answer>;

beforeEach(async () => {
  upstream = await startUpstream();
  gateway = await startTestGateway(upstream.origin, PATIENT);
  answers = {
    '/products/mug': json(PRODUCT),
    '/inventory/mug': json({ productId: 'mug', available: 7 }),
    '/products/mug/reviews?limit=5': json(REVIEWS),
  };
  upstream.answer = ({ url = '' }, response) => (answers[url] ?? json({}, 404))(response);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.stop();
});

async function ask(id = 'mug', headers: Record<string, string> = {}) {
  const answer = await fetch(`${gateway.url}/api/bff/product/${id}/complete`, { headers });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

it('joins a product with its stock and its reviews, asked for at the same time', async () => {
  const held: (() => void)[] = [];
  const { answer } = upstream;
  upstream.answer = (request, response) => void held.push(() => answer(request, response));
  const asked = ask('mug', { 'x-request-id': 'correlate-me' });
  // None of them waits for another.
  await expect.poll(() => held.length).toBe(3);
  for (const release of held) release();
  const whole = { product: PRODUCT, stock: { available: 7 }, reviews: REVIEWS };
  expect(await asked).toMatchObject({ status: 200, body: { ...whole, partial: false, missing: [], stale: [] } });
  expect(upstream.requests.map(({ headers }) => headers['x-request-id'])).toEqual(Array(3).fill('correlate-me'));
});

it('gives what there is, and says what is missing and why', async () => {
  answers['/inventory/mug'] = json({}, 500);
  answers['/products/mug/reviews?limit=5'] = json({ reviews: 'many' });
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body).toMatchObject({ product: PRODUCT, stock: null, reviews: null, partial: true });
  expect(body.missing).toEqual([
    { part: 'stock', reason: 'inventory answered 500' },
    { part: 'reviews', reason: 'it came in another shape than expected' },
  ]);
});

it('meets the breaker of each part, which counts for itself', async () => {
  answers['/inventory/mug'] = json({}, 500);
  for (let count = 0; count < 3; count++) await ask();
  const before = upstream.requests.length;
  expect((await ask()).body.missing).toEqual([{ part: 'stock', reason: 'the circuit of inventory is open' }]);
  expect(upstream.requests.slice(before).filter(({ url }) => url?.startsWith('/inventory'))).toEqual([]);
  expect(gateway.transitions.map(({ name, state }) => `${name} ${state}`)).toEqual(['inventory open']);
});

it('takes parts from what is kept, who ever asks, and from what is too old rather than not at all', async () => {
  await ask();
  await ask('mug', { authorization: 'Bearer of.somebody.known-0123456789', cookie: 'a=1', 'if-none-match': '*' });
  const paths = upstream.requests.map(({ url }) => url?.split('?')[0]).toSorted();
  expect(paths).toEqual(['/inventory/mug', '/inventory/mug', '/products/mug', '/products/mug/reviews']);
  expect(upstream.requests.filter(({ headers }) => headers.authorization ?? headers.cookie)).toEqual([]);
  gateway.clock.nowMs += 60_000;
  answers = { '/inventory/mug': answers['/inventory/mug']! };
  upstream.answer = ({ url = '' }, response) => (answers[url] ?? json({}, 500))(response);
  expect(await ask()).toMatchObject({
    status: 200,
    body: { product: PRODUCT, reviews: REVIEWS, partial: false, stale: ['product', 'reviews'] },
  });
});

it('is 404 where there is no product, and 503 where it cannot be had', async () => {
  expect(await ask('no-such-thing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect((await ask('NO..SUCH')).status).toBe(400);
  expect((await fetch(`${gateway.url}/api/v1/bff/product/mug/complete`)).status).toBe(200);
  gateway.gateway.cache.drop('', 'purge');
  answers['/products/mug'] = json({}, 500);
  answers['/products/mug/reviews?limit=5'] = json({}, 500);
  for (let count = 0; count < 2; count++)
    expect(await ask()).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('cannot be had: catalog answered 500') },
    });
  const refused = await ask();
  expect(refused).toMatchObject({
    status: 503,
    body: { detail: expect.stringContaining('the circuit of catalog is open') },
  });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
