import { expect, it } from 'vitest';
import { createDatabaseNaming } from './name-database.ts';

it.each([
  ['its namespace', ['postgresql', 'shop|orders'], 'shop.orders'],
  ['its system where there is no namespace', ['mongodb', ''], 'mongodb'],
  ['both where the namespace is but a number', ['redis', '0'], 'redis/0'],
  ['both where two systems have the same', ['mysql', 'stock'], 'mysql/stock'],
])('a database is named by %s', (_, [dbSystem = '', dbNamespace = ''], name) => {
  const all = [
    { dbSystem: 'mysql', dbNamespace: 'stock' },
    { dbSystem: 'oracle', dbNamespace: 'stock' },
    { dbSystem: 'postgresql', dbNamespace: 'shop|orders' },
    { dbSystem: 'postgresql', dbNamespace: 'shop|auth' },
  ];
  expect(createDatabaseNaming(all)({ dbSystem, dbNamespace })).toBe(name);
});
