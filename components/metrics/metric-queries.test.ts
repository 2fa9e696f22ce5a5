import { describe, expect, it } from 'vitest';
import {
  addQuery,
  changeQuery,
  QUERIES_MAX,
  readQueries,
  removeQuery,
  writeQueries,
  type MetricQuery,
} from './metric-queries.ts';

const query = (expr: string, rest: Partial<MetricQuery> = {}): MetricQuery => ({
  expr,
  show: 'graph',
  hidden: [],
  exemplars: false,
  ...rest,
});

describe('the address', () => {
  it('offers one query to write into', () => {
    expect(readQueries({ q: [], show: [], hide: [], exemplars: [] })).toEqual([query('')]);
    expect(writeQueries([query('')])).toEqual({ q: null, show: null, hide: null, exemplars: null });
  });

  it('gives back what was written', () => {
    const queries = [
      query('up', { hidden: ['{job="a~b"}', '{job="c"}'] }),
      query('rate(x[1m])', { show: 'table', exemplars: true }),
      query('', { show: 'off' }),
    ];
    const { q, show, hide, exemplars } = writeQueries(queries);
    expect(readQueries({ q: q ?? [], show: show ?? [], hide: hide ?? [], exemplars: exemplars ?? [] })).toEqual(
      queries,
    );
  });

  it('leaves out what is as usual', () => {
    expect(writeQueries([query('up')])).toEqual({ q: ['up'], show: null, hide: null, exemplars: null });
  });

  it('tells the tenth from the first', () => {
    expect(readQueries({ q: ['a', 'b'], show: [], hide: ['1~x', '10~y'], exemplars: [] })[1]!.hidden).toEqual(['x']);
  });

  it('holds to its bound whatever is typed into it', () => {
    const q = Array.from({ length: 50 }, (_, place) => `m${place}`);
    expect(readQueries({ q, show: [], hide: [], exemplars: [] })).toHaveLength(QUERIES_MAX);
  });
});

it('a new expression shows all its series again', () => {
  const queries = [query('up', { hidden: ['x'] })];
  expect(changeQuery(queries, 0, { expr: 'down' })[0]!.hidden).toEqual([]);
  expect(changeQuery(queries, 0, { expr: 'up', show: 'table' })[0]!.hidden).toEqual(['x']);
  expect(changeQuery(queries, 0, { hidden: ['y'] })[0]!.hidden).toEqual(['y']);
});

it('fills an empty query before it adds one', () => {
  expect(addQuery([query('up'), query('')], 'x')).toEqual([query('up'), query('x')]);
  expect(addQuery([query('up')], 'x')).toEqual([query('up'), query('x')]);
  expect(addQuery([query('')], '')).toEqual([query(''), query('')]);
  const full = Array.from({ length: QUERIES_MAX }, () => query('up'));
  expect(addQuery(full, 'x')).toHaveLength(QUERIES_MAX);
  expect(addQuery(full, 'x').at(-1)).toEqual(query('x'));
});

it('removes one', () => {
  expect(removeQuery([query('a'), query('b')], 0)).toEqual([query('b')]);
});
