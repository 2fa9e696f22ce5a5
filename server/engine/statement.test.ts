import { describe, expect, test } from 'vitest';
import { isReading, mayStream, outsideQuotes, splitInsert } from './statement.ts';

test.each([
  ['SELECT 1', true],
  ['  -- why\n/* more */ select 1', true],
  ['(SELECT 1) UNION ALL (SELECT 2)', true],
  ['WITH 1 AS x SELECT x', true],
  ['SHOW TABLES', true],
  ['DESCRIBE TABLE t', true],
  ['INSERT INTO t SELECT 1', false],
  ['DROP TABLE t', false],
  ['-- SELECT\nDROP TABLE t', false],
  ['selection', false],
])('%j only reads: %s', (sql, expected) => expect(isReading(sql)).toBe(expected));

describe('mayStream', () => {
  test.each([
    ['SELECT * FROM t WHERE a = 1', {}, true],
    ["SELECT 'select' AS `select` FROM t", {}, true],
    ['SELECT * FROM t', { max_result_rows: '10' }, false],
    ['SELECT * FROM t', { max_result_rows: '0' }, true],
    ['SELECT (SELECT max(a) FROM t)', {}, false],
    ['SELECT * FROM t WHERE a IN (SELECT a FROM u)', {}, false],
    ['WITH 1 AS x SELECT x', {}, false],
    ['SELECT 1; DROP TABLE t', {}, false],
    ['SHOW TABLES', {}, false],
  ])('%j with %j: %s', (sql, settings, expected) => expect(mayStream(sql, settings)).toBe(expected));
});

describe('splitInsert', () => {
  test.each([
    ['INSERT INTO t FORMAT RowBinary', 'INSERT INTO t', 'RowBinary', ''],
    ['insert into d.t (a, `values`) format JSONEachRow', 'insert into d.t (a, `values`)', 'JSONEachRow', ''],
    ['INSERT INTO t\n(a)\nSETTINGS x = 1\nFORMAT CSV\n1\n2\n', 'INSERT INTO t\n(a)\nSETTINGS x = 1', 'CSV', '1\n2\n'],
    ['-- note\nINSERT INTO t FORMAT TSV;', 'INSERT INTO t', 'TSV', ''],
  ])('%j', (sql, target, format, inline) => expect(splitInsert(sql)).toEqual({ target, format, inline }));

  test.each([
    'INSERT INTO t SELECT 1 FORMAT TSV',
    'INSERT INTO t VALUES (1)',
    'SELECT 1 FORMAT TSV',
    'INSERT INTO t (a) VALUES (1)',
  ])('%j carries no payload', (sql) => expect(splitInsert(sql)).toBeUndefined());
});

test('outsideQuotes leaves no word of a literal, however it is escaped', () => {
  expect(outsideQuotes(String.raw`a 'it''s file(' "url(" b ${'`'}s3(${'`'} '\' file(' c`)).toBe("a '' '' b '' '' c");
});
