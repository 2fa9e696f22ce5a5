import { expect, test } from 'vitest';
import { priceItems } from './price-items.ts';

const products = [
  { id: 'tamper', name: 'Tamper', priceCents: 3_900 },
  { id: 'knock-box', name: 'Knock Box', priceCents: 2_900 },
];

test('one line a product, at the price of the catalogue', () => {
  const wanted = [
    { productId: 'tamper', quantity: 1 },
    { productId: 'knock-box', quantity: 2 },
    { productId: 'tamper', quantity: 2 },
  ];
  expect(priceItems(wanted, products)).toEqual({
    items: [
      { productId: 'tamper', quantity: 3, name: 'Tamper', unitPriceCents: 3_900 },
      { productId: 'knock-box', quantity: 2, name: 'Knock Box', unitPriceCents: 2_900 },
    ],
    totalCents: 17_500,
  });
});

test('refuses what is not sold, by name', () => {
  expect(() => priceItems([{ productId: 'gold-bar', quantity: 1 }], products)).toThrow(/gold-bar/);
});
