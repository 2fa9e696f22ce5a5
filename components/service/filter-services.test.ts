import { expect, it } from 'vitest';
import { filterServices } from './filter-services.ts';

const SERVICES = ['cart-api', 'cart-worker', 'Checkout-API', 'payments'].map((service) => ({ service }));

it.each([
  ['', ['cart-api', 'cart-worker', 'Checkout-API', 'payments']],
  ['  ', ['cart-api', 'cart-worker', 'Checkout-API', 'payments']],
  ['cart', ['cart-api', 'cart-worker']],
  ['API', ['cart-api', 'Checkout-API']],
  ['api c', ['cart-api', 'Checkout-API']],
  ['api cart', ['cart-api']],
  ['nobody', []],
])('%j finds %j', (text, expected) =>
  expect(filterServices(SERVICES, text).map(({ service }) => service)).toEqual(expected),
);
