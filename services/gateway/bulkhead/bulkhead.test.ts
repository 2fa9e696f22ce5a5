import { expect, it } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

const HOUR_MS = 3_600_000;
const stays = new AbortController().signal;

it('lets in as many as there are places, has as many wait as may, and refuses the rest', async () => {
  const bulkhead = new Bulkhead('orders', { callsMax: 2, waitingMax: 1 });
  const first = bulkhead.tryEnter();
  expect(bulkhead.tryEnter()).not.toBeNull();
  expect(bulkhead.tryEnter()).toBeNull();
  const waiting = bulkhead.wait(stays, HOUR_MS);
  expect(await bulkhead.wait(stays, HOUR_MS)).toBeNull();
  expect(bulkhead).toMatchObject({ calls: 2, waiting: 1, refusals: 1 });
  first!.leave();
  expect(await waiting).not.toBeNull();
  expect(bulkhead).toMatchObject({ calls: 2, waiting: 0 });
});

it('hands a place to who has waited longest, and never to more', async () => {
  const bulkhead = new Bulkhead('orders', { callsMax: 1, waitingMax: 2 });
  const first = bulkhead.tryEnter()!;
  const order: string[] = [];
  const second = bulkhead.wait(stays, HOUR_MS).then((place) => (order.push('second'), place));
  const third = bulkhead.wait(stays, HOUR_MS).then((place) => (order.push('third'), place));
  first.leave();
  first.leave();
  expect(bulkhead.tryEnter()).toBeNull();
  (await second)!.leave();
  (await third)!.leave();
  expect(order).toEqual(['second', 'third']);
  expect(bulkhead.calls).toBe(0);
});

it('forgets who leaves while they wait, and who has waited too long', async () => {
  const bulkhead = new Bulkhead('orders', { callsMax: 1, waitingMax: 5 });
  const place = bulkhead.tryEnter()!;
  const client = new AbortController();
  const left = bulkhead.wait(client.signal, HOUR_MS);
  const late = bulkhead.wait(stays, 1);
  client.abort();
  expect([await left, await late]).toEqual([null, null]);
  expect(bulkhead).toMatchObject({ calls: 1, waiting: 0, refusals: 1 });
  place.leave();
  expect(bulkhead.calls).toBe(0);
});
