import type { Contract } from '#services/kit/contract/contract.ts';
import { askProduct, askReviews, askStock } from './calls.ts';

interface Product {
  productId: string;
}

const consumer = 'gateway';

const ofCatalog: Contract<Product>[] = [
  {
    consumer,
    needs: 'what a product is',
    given: 'a product',
    call: ({ productId }) => askProduct(productId),
    status: 200,
  },
  {
    consumer,
    needs: 'a refusal for a product that is not sold',
    given: 'a product',
    call: () => askProduct('no-such-thing'),
    status: 404,
  },
  {
    consumer,
    needs: 'what customers think of a product',
    given: 'a product with reviews',
    call: ({ productId }) => askReviews(productId),
    status: 200,
  },
  {
    consumer,
    needs: 'an empty list where nobody said anything',
    given: 'a product without reviews',
    call: ({ productId }) => askReviews(productId),
    status: 200,
  },
];

const ofInventory: Contract<Product>[] = [
  {
    consumer,
    needs: 'how many there are',
    given: 'goods in stock',
    call: ({ productId }) => askStock(productId),
    status: 200,
  },
];

export const contracts: Record<string, readonly Contract[]> = { catalog: ofCatalog, inventory: ofInventory };
