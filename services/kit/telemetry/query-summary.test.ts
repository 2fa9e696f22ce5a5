import { expect, test } from 'vitest';
import { sanitizeQuery, summarizeQuery } from './query-summary.ts';

test.each([
  ['select "id" from "orders" where "id" = $1', 'SELECT orders'],
  ['insert into "items" ("order_id") values ($1), ($2)', 'INSERT items'],
  ['update "stock" set "reserved" = "reserved" + $1', 'UPDATE stock'],
  ['delete from orders.items where order_id = $1', 'DELETE orders.items'],
  ['with "old" as (select 1) delete from "sessions"', 'DELETE sessions'],
  ['  begin;', 'BEGIN'],
  ['COMMIT', 'COMMIT'],
  ['SELECT 1', 'SELECT'],
  ['', 'QUERY'],
])('%s -> %s', (text, summary) => {
  expect(summarizeQuery(text)).toBe(summary);
  expect(summarizeQuery(text)).toBe(summary);
});

test('literals stay in the process', () => {
  expect(sanitizeQuery(`select * from users where email = 'ada@x.example' and name = 'O''Hara'`)).toBe(
    'select * from users where email = ? and name = ?',
  );
});
