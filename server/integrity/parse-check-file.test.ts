import { expect, it } from 'vitest';
import { parseCheckFile } from './parse-check-file.ts';

const file = (changes: Record<string, string> = {}) =>
  Object.entries({
    name: 'orphans',
    title: 'Orders without a user',
    severity: 'critical',
    owner: 'orders',
    schedule: '"* * * * *"',
    key: '[id]',
    sql: '|\n  SELECT id FROM orders.orders;\n',
    ...changes,
  })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

it('reads a check', () => {
  expect(parseCheckFile(file(), 'orphans.yaml')).toEqual({
    name: 'orphans',
    title: 'Orders without a user',
    description: '',
    severity: 'critical',
    owner: 'orders',
    schedule: '* * * * *',
    key: ['id'],
    sql: 'SELECT id FROM orders.orders',
  });
});

it.each([
  [
    'another name than its file',
    file({ name: 'other' }),
    /line 1: name: the check in orphans\.yaml must be named orphans/,
  ],
  ['a severity of its own', file({ severity: 'huge' }), /line 3: severity: /],
  ['no cron', file({ schedule: 'hourly' }), /line 5: schedule: is not a cron schedule/],
  ['a cron that is wrong', file({ schedule: '"99 * * * *"' }), /schedule: is not a cron schedule/],
  ['no key', file({ key: '[]' }), /line 6: key: /],
  ['an unknown field', file({ every: '5m' }), /Unrecognized key: "every"/],
])('refuses %s', (_, text, message) => expect(() => parseCheckFile(text, 'orphans.yaml')).toThrow(message));
