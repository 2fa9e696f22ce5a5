import { describe, expect, it } from 'vitest';
import { relabel } from './relabel.ts';
import { ScrapeConfig } from './scrape-config.ts';

const run = (steps: object[], labels: Record<string, string>) => {
  const { relabel_configs: parsed } = ScrapeConfig.parse({ job_name: 'x', relabel_configs: steps });
  const result = relabel(new Map(Object.entries(labels)), parsed);
  return result && Object.fromEntries(result);
};

// The cases and results of Prometheus' own tests (model/relabel/relabel_test.go), where they have the same action.
describe('relabel', () => {
  const abc = { a: 'foo', b: 'bar', c: 'baz' };

  it.each<[string, object[], Record<string, string>, Record<string, string> | undefined]>([
    [
      'replaces by groups',
      [{ source_labels: ['a'], target_label: 'd', separator: ';', regex: 'f(.*)', replacement: 'ch${1}-ch${1}' }],
      abc,
      { ...abc, d: 'choo-choo' },
    ],
    [
      'joins its sources, and follows the order of steps',
      [
        { source_labels: ['a', 'b'], target_label: 'a', regex: 'f(.*);(.*)r', replacement: 'b${1}${2}m' },
        { source_labels: ['c', 'a'], target_label: 'd', regex: '(b).*b(.*)ba(.*)', replacement: '$1$2$2$3' },
      ],
      abc,
      { a: 'boobam', b: 'bar', c: 'baz', d: 'boooom' },
    ],
    ['drops', [{ source_labels: ['a'], regex: '.*o.*', action: 'drop' }], abc, undefined],
    ['drops only whole matches', [{ source_labels: ['a'], regex: 'o', action: 'drop' }], abc, abc],
    ['keeps', [{ source_labels: ['a'], regex: 'no-match', action: 'keep' }], abc, undefined],
    ['keeps what fits', [{ source_labels: ['a'], regex: 'f.*', action: 'keep' }], abc, abc],
    ['leaves alone what does not match', [{ source_labels: ['a'], regex: 'x', target_label: 'b' }], abc, abc],
    ['deletes by an empty result', [{ source_labels: ['zz'], target_label: 'a' }], { a: 'foo', b: 'b' }, { b: 'b' }],
    [
      'takes shares by a hash',
      [{ source_labels: ['c'], target_label: 'd', separator: ';', action: 'hashmod', modulus: 1000 }],
      abc,
      { ...abc, d: '976' },
    ],
    [
      'maps labels',
      [{ regex: '(b.*)', action: 'labelmap', replacement: 'bar_${1}' }],
      { a: 'foo', b1: 'bar', b2: 'baz' },
      { a: 'foo', b1: 'bar', b2: 'baz', bar_b1: 'bar', bar_b2: 'baz' },
    ],
    [
      'maps labels of discovery',
      [{ regex: '__meta_(my.*)', action: 'labelmap' }],
      { a: 'foo', __meta_my_bar: 'aaa', __meta_other: 'ccc' },
      { a: 'foo', __meta_my_bar: 'aaa', __meta_other: 'ccc', my_bar: 'aaa' },
    ],
    ['drops labels', [{ regex: '(b.*)', action: 'labeldrop' }], { a: 'foo', b1: 'bar' }, { a: 'foo' }],
    ['keeps labels', [{ regex: '(b.*)', action: 'labelkeep' }], { a: 'foo', b1: 'bar' }, { b1: 'bar' }],
    [
      'writes in one case',
      [
        { source_labels: ['foo'], target_label: 'foo_uppercase', action: 'uppercase' },
        { source_labels: ['foo'], target_label: 'foo_lowercase', action: 'LowerCase' },
      ],
      { foo: 'bAr123Foo' },
      { foo: 'bAr123Foo', foo_lowercase: 'bar123foo', foo_uppercase: 'BAR123FOO' },
    ],
    [
      'keeps what is equal',
      [{ source_labels: ['__tmp_port'], target_label: '__port1', action: 'keepequal' }],
      { __tmp_port: '1234', __port1: '1234' },
      { __tmp_port: '1234', __port1: '1234' },
    ],
    [
      'drops what is equal',
      [{ source_labels: ['__tmp_port'], target_label: '__port1', action: 'dropequal' }],
      { __tmp_port: '1234', __port1: '1234' },
      undefined,
    ],
    [
      'writes to a label that a group names, if that is a name',
      [
        { source_labels: ['a'], regex: 'some-([^-]+)-([^,]+)', target_label: '${1}', replacement: '${2}' },
        { source_labels: ['a'], regex: 'some-([^-]+)-([^,]+)', target_label: '0${3}', replacement: '${2}' },
      ],
      { a: 'some-name-value' },
      { a: 'some-name-value', name: 'value' },
    ],
    [
      'knows groups by name, and dollars',
      [{ source_labels: ['a'], regex: '(?P<first>f)(.*)', target_label: 'd', replacement: '$$${first}$2x-$2' }],
      abc,
      { ...abc, d: '$f-oo' },
    ],
  ])('%s', (_, steps, labels, expected) => {
    expect(run(steps, labels)).toEqual(expected);
  });
});
