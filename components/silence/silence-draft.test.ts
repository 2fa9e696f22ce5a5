import { expect, it } from 'vitest';
import { draftFor, fromWire, readyMatchers, toWire } from './silence-draft.ts';

it('from an alert: the rule first, then its labels; its severity does not tell it from others', () => {
  const labels = { service: 'orders', alertname: 'Down', severity: 'critical', instance: 'a' };
  expect(draftFor({ labels }).map(({ name, op, value }) => `${name}${op}${value}`)).toEqual([
    'alertname=Down',
    'instance=a',
    'service=orders',
  ]);
});

it.each(['=', '!=', '=~', '!~'] as const)('%s survives the wire', (op) => {
  const matcher = { name: 'a', op, value: 'b' };
  expect(fromWire(toWire(matcher))).toEqual(matcher);
});

it('asks about what is complete', () => {
  expect(readyMatchers([{ name: '', op: '=', value: '' }])).toBeNull();
  expect(
    readyMatchers([
      { name: ' a ', op: '=', value: '' },
      { name: '1', op: '=', value: '' },
    ]),
  ).toHaveLength(1);
});
