import { expect, test } from 'vitest';
import type { ErrorGroup } from '#server/error-groups/schema.ts';
import { mergeFirstSeen } from './merge-first-seen.ts';

const group = (fingerprint: string): ErrorGroup => ({
  fingerprint,
  source: 'span',
  service: 'orders',
  type: '',
  operation: '',
  message: '',
  count: 1,
  firstMs: 100,
  lastMs: 100,
  release: '',
  releases: 0,
  trend: [],
  traceIds: [],
});
const dated = (groups: ReturnType<typeof mergeFirstSeen>) => groups.map(({ firstMs, isNew }) => [firstMs, isNew]);

test('what was not seen before is new', () => {
  expect(dated(mergeFirstSeen([group('A'), group('B')], [{ fingerprint: 'A', firstMs: 7 }]))).toEqual([
    [7, false],
    [100, true],
  ]);
});

test('nothing is called new before it is known', () => {
  expect(dated(mergeFirstSeen([group('A')], undefined))).toEqual([[100, null]]);
});
