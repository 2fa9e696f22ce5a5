import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { familyOf, parseExposition } from './parse-exposition.ts';
import { ExpositionError } from './parse-series.ts';

function points(text: string, openMetrics = false) {
  return parseExposition(text, openMetrics).points.map(({ series, value, timestampMs }) => ({
    name: series.name,
    labels: Object.fromEntries(series.labels),
    value,
    timestampMs,
  }));
}

describe('parseExposition', () => {
  it.each([
    ['up 1', { name: 'up', value: 1 }],
    ['a:b_c   -1.5e-3\t1700000000123 ', { name: 'a:b_c', value: -0.0015, timestampMs: 1_700_000_000_123 }],
    ['m{} 1', { labels: {} }],
    ['m { a = "1" , b="2", } 3', { labels: { a: '1', b: '2' }, value: 3 }],
    ['m{a="} \\\\ \\" \\n \\t #,="} 1', { labels: { a: '} \\ " \n \\t #,=' } }],
    ['m{a="ünï"} +Inf', { labels: { a: 'ünï' }, value: Infinity }],
    ['m -inf', { value: -Infinity }],
    ['m NaN', { value: Number.NaN }],
    ['m 0x1f', { value: 31 }],
    ['{"my.metric","a.b"="x"} 1', { name: 'my.metric', labels: { 'a.b': 'x' } }],
    ['m{"a.b"="x",c="y"} 1', { name: 'm', labels: { 'a.b': 'x', c: 'y' } }],
  ])('reads %s', (text, expected) => {
    expect(points(`${text}\n`)[0]).toMatchObject(expected);
  });

  it.each([
    ['up', 'expected a value'],
    ['up one', '"one" is not a number'],
    ['up 1 2 3', 'expected a value and at most a timestamp'],
    ['up 1 1.5', 'not in whole milliseconds'],
    ['up 0b1', 'not a number'],
    ['9lives 1', 'is not a metric name'],
    ['{a="b"} 1', 'is not a metric name'],
    ['m{a="b} 1', 'a quote is not closed'],
    ['m{a="b" 1', 'a brace is not closed'],
    ['m{a=b} 1', 'broken label'],
    ['m{a="1" b="2"} 1', 'broken label'],
    ['m{a} 1', 'label a has no value'],
    ['m{a="1",a="2"} 1', 'a label is given twice'],
    ['# TYPE m thermometer', 'unknown type'],
  ])('refuses %s and names the line', (text, reason) => {
    const parse = () => parseExposition(`# a comment\nfine 1\n${text}\nfine 2\n`, false);
    expect(parse).toThrow(ExpositionError);
    expect(parse).toThrow('line 3: ');
    expect(parse).toThrow(reason);
  });

  it('knows type, help and unit of a family by the names of its series', () => {
    const { families } = parseExposition(
      '# HELP h a \\\\ b \\n c "d"\n# TYPE h histogram\n# UNIT h seconds\nh_bucket{le="1"} 1\n# TYPE c counter\nc_total 1\n',
      false,
    );
    expect(familyOf('h_bucket', families)).toEqual({ type: 'histogram', help: 'a \\ b \n c "d"', unit: 'seconds' });
    expect(familyOf('c_total', families)?.type).toBe('counter');
    expect(familyOf('other', families)).toBeUndefined();
  });

  it('reads OpenMetrics: seconds, # EOF that must be there', () => {
    const text = '# TYPE f counter\nf_total{a="#"} 1 12.5 # {trace_id="ab"} 0.07 1520879607.789\nf_created 3\n# EOF\n';
    expect(points(text, true)).toEqual([
      { name: 'f_total', labels: { a: '#' }, value: 1, timestampMs: 12_500 },
      { name: 'f_created', labels: {}, value: 3, timestampMs: undefined },
    ]);
    expect(parseExposition(text, true).points.map(({ exemplar }) => exemplar)).toEqual([
      { labels: [['trace_id', 'ab']], value: 0.07, timestampMs: 1_520_879_607_789 },
      undefined,
    ]);
    expect(() => points('f 1\n', true)).toThrow('# EOF is missing');
    expect(() => points('f 1 # {a="b"} x\n# EOF\n', true)).toThrow('"x" is not a number');
    expect(() => points('# EOF\nf 1\n', true)).toThrow('line 2: there is something after # EOF');
    expect(() => points('f 1 # trace 1\n# EOF\n', true)).toThrow('an exemplar needs labels');
  });

  it('reads what prom-client writes', async () => {
    const registry = new Registry();
    const registers = [registry];
    new Gauge({ name: 'g', help: 'with "quotes" and \\', labelNames: ['path'], registers }).set(
      { path: 'C:\\a"b\nc' },
      2.5,
    );
    new Counter({ name: 'c', help: 'c', registers }).inc(3);
    new Histogram({ name: 'h', help: 'h', buckets: [1, 2], registers }).observe(1.5);
    const read = points(await registry.metrics());
    expect(read).toContainEqual({ name: 'g', labels: { path: 'C:\\a"b\nc' }, value: 2.5, timestampMs: undefined });
    expect(read.filter(({ name }) => name === 'h_bucket').map(({ labels, value }) => [labels['le'], value])).toEqual([
      ['1', 0],
      ['2', 1],
      ['+Inf', 1],
    ]);
  });

  it('parses the labels of a known series once', () => {
    const known = new Map();
    const [first] = parseExposition('m{a="1"} 1\n', false, known).points;
    const [second] = parseExposition('m{a="1"} 2\n', false, known).points;
    expect(second!.series).toBe(first!.series);
  });
});
