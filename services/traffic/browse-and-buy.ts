import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { pickSome, type Plan } from './choose.ts';
import type { Customers } from './customers.ts';
import { isFailure, type Answer, type Ask, type ShopDoor } from './shop-door.ts';

const TRIES_MAX = 3;
const PRODUCT = '/api/products/:id';
const COMPLETE = '/api/bff/product/:id/complete';
const REVIEWS = '/api/products/:id/reviews';

export type Outcome = 'bought' | 'declined' | 'refused' | 'failed';

export interface Visit {
  outcome: Outcome;
  orderId: string | null;
  totalCents: number;
}

/** One walk through the shop: look around, order, pay, look where it is. */
export async function browseAndBuy(
  ask: ShopDoor,
  customers: Customers,
  plan: Plan,
  random: () => number = Math.random,
): Promise<Visit> {
  const list = await ask({ path: `/api/products?category=${plan.category}&limit=20` });
  const products = (list.body.products ?? []) as { id: string }[];
  const wanted = pickSome(products, plan.quantities.length, random);
  const [first] = wanted;
  if (list.status !== 200 || !first) return end(list);
  if (plan.followsDeadLink) await ask({ path: '/api/products/steam-wand-2019', template: PRODUCT });
  const detail = plan.readsReviews
    ? await ask({ path: `/api/bff/product/${first.id}/complete`, template: COMPLETE })
    : await ask({ path: `/api/products/${first.id}`, template: PRODUCT });
  if (detail.status !== 200) return end(detail);
  if (plan.looksAtStock) await ask({ path: `/api/inventory/${first.id}`, template: '/api/inventory/:id' });

  const token = await customers.signIn(ask, plan.logsInAgain);
  if (token === null) return { outcome: 'failed', orderId: null, totalCents: 0 };
  const items = wanted.map(({ id }, index) => ({ productId: id, quantity: plan.quantities[index] ?? 1 }));
  const order = await insist(ask, { path: '/api/orders', body: { items }, token });
  if (order.status !== 201) return end(order);
  const { id: orderId, totalCents } = order.body as { id: string; totalCents: number };

  const paid = await insist(ask, {
    path: '/api/payments',
    body: { orderId, card: { number: plan.card } },
    token,
  });
  if (paid.status === 402) return { outcome: 'declined', orderId, totalCents };
  if (paid.status !== 201) return { ...end(paid), orderId, totalCents };
  await ask({ path: `/api/payments?orderId=${orderId}`, token });
  await ask({ path: `/api/orders/${orderId}`, token });
  if (plan.looksAtShipment) await ask({ path: `/api/shipments/${orderId}`, token });
  if (plan.readsNotifications) await readNews(ask, token);
  if (plan.review)
    await ask({
      method: 'POST',
      path: `/api/products/${first.id}/reviews`,
      template: REVIEWS,
      body: plan.review,
      token,
    });
  return { outcome: 'bought', orderId, totalCents };
}

/** Opens what the shop has told, and reads the newest of it. */
async function readNews(ask: ShopDoor, token: string): Promise<void> {
  const { body } = await ask({ path: '/api/notifications?unread=true&limit=5', token });
  const [newest] = (body.notifications ?? []) as { id: string }[];
  if (newest) await ask({ method: 'PUT', path: `/api/notifications/${newest.id}/read`, token });
}

/** Who sees an error presses the button again; the key makes sure that nobody orders or pays twice. */
async function insist(ask: ShopDoor, what: Pick<Ask, 'path' | 'body' | 'token'>): Promise<Answer> {
  const idempotencyKey = randomUUID();
  let answer: Answer = { status: 0, body: {} };
  for (let tried = 0; tried < TRIES_MAX; tried += 1) {
    answer = await ask({ method: 'POST', ...what, idempotencyKey });
    const isUnderWay = answer.status === 409 && answer.retryAfterMs !== undefined;
    if (!isFailure(answer) && !isUnderWay) return answer;
    if (isUnderWay) await setTimeout(answer.retryAfterMs);
  }
  return answer;
}

function end(answer: Answer): Visit {
  return { outcome: isFailure(answer) ? 'failed' : 'refused', orderId: null, totalCents: 0 };
}
