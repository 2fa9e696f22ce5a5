import { expect, test } from 'vitest';
import { templateOf } from './url-template.ts';

test.each([
  ['/orders/6f9619ff-8b86-4d01-b42d-00cf4fc964ff', '/orders/:id'],
  ['/internal/orders/6F9619FF-8B86-4D01-B42D-00CF4FC964FF/paid?x=1', '/internal/orders/:id/paid'],
  ['/products?ids=a,b', '/products'],
  ['/products', '/products'],
])('%s -> %s', (path, template) => {
  expect(templateOf(path)).toBe(template);
});
