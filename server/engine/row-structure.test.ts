import { expect, it } from 'vitest';
import { insertTarget, readStructure } from './row-structure.ts';

it.each([
  ['INSERT INTO db.t (a, `b`)', { table: 'db.t', columns: ['a', 'b'] }],
  ['insert into t(a)', { table: 't', columns: ['a'] }],
  ['INSERT INTO t', undefined],
  ['INSERT INTO t (a) SETTINGS x = 1', undefined],
  ['INSERT INTO FUNCTION null()', undefined],
])('reads the target of %s', (target, expected) => {
  expect(insertTarget(target)).toEqual(expected);
});

it('reads a column as what LowCardinality holds, in the order of the statement', () => {
  const described = [
    { name: 'a', type: 'LowCardinality(FixedString(2))' },
    { name: 'b', type: 'Array(Map(LowCardinality(String), LowCardinality(Nullable(String))))' },
    { name: 'c', type: "DateTime64(9, 'UTC')" },
  ];
  expect(readStructure(['c', 'b', 'a'], described)).toBe(
    String.raw`'\`c\` DateTime64(9, \'UTC\'), \`b\` Array(Map(String, Nullable(String))), \`a\` FixedString(2)'`.replaceAll(
      '\\`',
      '`',
    ),
  );
});

it('leaves a column that is not there to the insert to refuse', () => {
  expect(readStructure(['nowhere'], [])).toBeUndefined();
});
