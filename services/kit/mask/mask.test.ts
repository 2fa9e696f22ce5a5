import { expect, test } from 'vitest';
import { maskFields, maskQuery } from './mask-fields.ts';
import { maskLine } from './mask-line.ts';
import { maskText } from './mask-text.ts';

test.each([
  ['Authorization: Bearer abcdef.ghi-jkl', 'Authorization: Bearer [masked]'],
  ['basic YWRhOnNlY3JldA==', 'basic [masked]'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl was refused', 'token [masked] was refused'],
  ['password=hunter2&next=1', 'password=[masked]&next=1'],
  ['{\\"newPassword\\":\\"hunter2\\"}', '{\\"newPassword\\":\\"[masked]\\"}'],
  ['postgres://ada:hunter2@db:5432/shop', 'postgres://[masked]@db:5432/shop'],
  ['Key (email)=(ada.lovelace+shop@mail.example.org) already exists.', 'Key (email)=([masked]) already exists.'],
  ['card 4242 4242 4242 4242 declined', 'card [masked] declined'],
  ['card 4000000000000002.', 'card [masked].'],
  ['order 00000000-0000-4000-8000-000000000000', 'order 00000000-0000-4000-8000-000000000000'],
  ['at 1732222222222 in 42 ms', 'at 1732222222222 in 42 ms'],
])('%s', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test('fields are masked by their names, however they are written, and people by what is beside them', () => {
  const body = {
    user: { id: 7, name: 'Ada' },
    contact: { name: 'Ada', 'e-mail': 'ada@mail.example' },
    payment: { card: { number: '4242', cvv: 123 }, card_number: 4242, Cvc: '1' },
    'Set-Cookie': ['a=1'],
    accessToken: { value: 'x' },
    product: { name: 'moka-pot', note: 'to ada@mail.example' },
    items: [{ quantity: 1, apiKey: null }],
  };
  expect(maskFields(body)).toEqual({
    user: { id: 7, name: '[masked]' },
    contact: { name: '[masked]', 'e-mail': '[masked]' },
    payment: { card: '[masked]', card_number: '[masked]', Cvc: '[masked]' },
    'Set-Cookie': '[masked]',
    accessToken: '[masked]',
    product: { name: 'moka-pot', note: 'to [masked]' },
    items: [{ quantity: 1, apiKey: '[masked]' }],
  });
});

test('what is nested without end is not told', () => {
  const nested: Record<string, unknown> = {};
  nested.again = nested;
  expect(JSON.stringify(maskFields(nested))).toMatch(/^(\{"again":){12}"\[masked\]"\}{12}$/);
});

test('queries and lines follow the same rules, and a line without secrets is not copied', () => {
  expect(maskQuery('q=moka&token=abc&mail=ada%40mail.example')).toBe('q=moka&token=%5Bmasked%5D&mail=%5Bmasked%5D');
  const plain = { status: 200, route: '/things' };
  expect(maskLine(plain)).toBe(plain);
  const line = { token: 'abc', asked: { email: 'ada@mail.example' }, err: new Error('x') };
  expect(maskLine(line)).toEqual({ token: '[masked]', asked: { email: '[masked]' }, err: line.err });
  expect(line.token).toBe('abc');
});
