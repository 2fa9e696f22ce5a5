import { expect, test } from 'vitest';
import { decideCharge } from './decide-charge.ts';

test.each([
  ['4242424242424242', 'captured'],
  ['378282246310005', 'captured'],
  ['4000000000000002', 'declined by the bank'],
  ['4000000000009995', 'insufficient funds'],
  ['4000000000000069', 'expired card'],
  ['4242424242424241', 'not a card number'],
])('%s: %s', (number, outcome) => {
  const charge = decideCharge(number);
  expect(charge.status === 'captured' ? 'captured' : charge.reason).toBe(outcome);
});
