import { randomUUID } from 'node:crypto';
import type { Contract } from '#services/kit/contract/contract.ts';
import { askPrices, holdGoods, releaseGoods, sendGoods, takeOutGoods } from './calls.ts';

interface Product {
  productId: string;
}
interface Held extends Product {
  orderId: string;
}

const consumer = 'orders';
const MANY = 99;

const ofCatalog: Contract<Product>[] = [
  {
    consumer,
    needs: 'what a product is called and costs',
    given: 'a product',
    call: ({ productId }) => askPrices([productId]),
    status: 200,
  },
  {
    consumer,
    needs: 'nothing about a product that is not sold, and no refusal for it',
    given: 'a product',
    call: ({ productId }) => askPrices([productId, 'no-such-thing']),
    status: 200,
  },
];

const ofInventory: Contract<Held>[] = [
  {
    consumer,
    needs: 'goods held for an order',
    given: 'goods in stock',
    call: ({ productId }) => holdGoods(randomUUID(), [{ productId, quantity: 1 }]),
    status: 201,
  },
  {
    consumer,
    needs: 'a refusal when there are not enough',
    given: 'goods that are nearly gone',
    call: ({ productId }) => holdGoods(randomUUID(), [{ productId, quantity: MANY }]),
    status: 409,
  },
  {
    consumer,
    needs: 'to ask again for goods that it holds',
    given: 'goods that an order holds',
    call: ({ orderId, productId }) => holdGoods(orderId, [{ productId, quantity: 1 }]),
    status: 201,
  },
  {
    consumer,
    needs: 'goods taken out',
    given: 'goods that an order holds',
    call: ({ orderId }) => takeOutGoods(orderId),
    status: 200,
  },
  {
    consumer,
    needs: 'a refusal to take out what is not held',
    given: 'goods in stock',
    call: () => takeOutGoods(randomUUID()),
    status: 409,
  },
  {
    consumer,
    needs: 'goods given back',
    given: 'goods that an order holds',
    call: ({ orderId, productId }) => releaseGoods(orderId, [{ productId, quantity: 1 }]),
    status: 200,
  },
  {
    consumer,
    needs: 'to give back goods before they were held',
    given: 'goods in stock',
    call: ({ productId }) => releaseGoods(randomUUID(), [{ productId, quantity: 1 }]),
    status: 200,
  },
];

const ofShipping: Contract<{ orderId: string; userId: string }>[] = [
  {
    consumer,
    needs: 'goods sent',
    given: 'a paid order',
    call: ({ orderId, userId }) => sendGoods(orderId, userId),
    status: 201,
  },
  {
    consumer,
    needs: 'the same shipment when it asks again',
    given: 'an order that was sent',
    call: ({ orderId, userId }) => sendGoods(orderId, userId),
    status: 200,
  },
];

export const contracts: Record<string, readonly Contract[]> = {
  catalog: ofCatalog,
  inventory: ofInventory,
  shipping: ofShipping,
};
