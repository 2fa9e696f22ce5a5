import type { Counter } from 'prom-client';
import type { FaultSwitch } from '#services/kit/faults.ts';
import type { Log } from '#services/kit/log.ts';
import { browseAndBuy } from './browse-and-buy.ts';
import { choosePlan } from './choose.ts';
import { createCustomers } from './customers.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { runVisit } from './run-visit.ts';
import { openShopDoor, type ShopDoor } from './shop-door.ts';
import { waitForShop } from './wait-for-shop.ts';

/** When the shop hangs, no more wait in it than that. */
const VISITS_AT_ONCE_MAX = 24;

export interface ShoppingOptions {
  rps: number;
  log: Log;
  faults: FaultSwitch;
  requests: Counter<'outcome'>;
  visits: Counter<'outcome'>;
}

/** Shops at a steady rate from when the shop is open; answers how to stop. */
export function startShopping({ rps, log, faults, requests, visits }: ShoppingOptions): () => void {
  const stopped = new AbortController();
  const customers = createCustomers();
  let inShop = 0;
  let pacer: Pacer | null = null;

  const visit = async (ask: ShopDoor) => {
    if (inShop >= VISITS_AT_ONCE_MAX) return;
    inShop += 1;
    try {
      await faults.pass(stopped.signal);
      const { outcome, orderId } = await runVisit(() => browseAndBuy(ask, customers, choosePlan()));
      visits.inc({ outcome });
      if (outcome === 'failed') log.warn({ orderId }, 'the shop failed the shopper');
    } catch (error) {
      log.warn({ err: error }, 'a visit was broken off');
    } finally {
      inShop -= 1;
    }
  };

  void waitForShop(log, stopped.signal).then(() => {
    if (stopped.signal.aborted) return;
    log.info({ rps }, 'the shopper goes shopping');
    pacer = createPacer(rps, () => void visit(ask));
    const ask = openShopDoor(pacer, requests);
  });
  return () => {
    stopped.abort();
    pacer?.stop();
  };
}
