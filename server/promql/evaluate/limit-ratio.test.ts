import { expect, test } from 'vitest';
import { hashLabels } from '../labels/hash-labels.ts';
import { Labels } from '../labels/labels.ts';
import { ask, askRange } from '../testing/ask.ts';

const MANY = Array.from({ length: 400 }, (_, n) => `v{g="${n % 2 ? 'a' : 'b'}",i="${n}"} ${n}`).join('\n');

test('a ratio and its complement pick every series once, about as many as they say', async () => {
  const [all, some, others] = await Promise.all(
    ['v', 'limit_ratio(0.3, v)', 'limit_ratio(-0.7, v)'].map((query) => ask(MANY, query, 0)),
  );
  expect([...some!, ...others!].toSorted()).toEqual(all);
  expect(some!.length).toBeGreaterThan(80);
  expect(some!.length).toBeLessThan(160);
});

test('each series is picked for itself: a larger ratio keeps what a smaller one had, groups change nothing', async () => {
  const some = await ask(MANY, 'limit_ratio(0.3, v)', 0);
  expect(await ask(MANY, 'limit_ratio(0.5, v)', 0)).toEqual(expect.arrayContaining(some));
  expect(await ask(MANY, 'limit_ratio by (g) (0.3, v)', 0)).toEqual(some);
});

test('0 picks none, 1 and -1 all; what is beyond counts as those', async () => {
  for (const [ratio, count] of [
    [0, 0],
    [1, 400],
    [-1, 400],
    [7, 400],
  ])
    expect(await ask(MANY, `limit_ratio(${ratio}, v)`, 0), String(ratio)).toHaveLength(count!);
});

test('the ratio may differ from step to step, and histograms are picked too', async () => {
  expect(await askRange('v 1 2 3', 'limit_ratio(time() / 60 - 1, v)', [0, 2, 1])).toEqual(['v 1 _ 3']);
  expect(await ask('h {{count:1 sum:1 buckets:[1]}}', 'limit_ratio(1, h)', 0)).toHaveLength(1);
});

test('labels are hashed as XXH64 of lengths and texts in the order of names', () => {
  // XXH64 of nothing, as its specification has it.
  expect(hashLabels(Labels.empty)).toBe(0xef46db3751d8e999n);
  const [short, long] = ['x'.repeat(254), 'x'.repeat(255)].map((value) =>
    hashLabels(
      Labels.from([
        ['b', value],
        ['a', '1'],
      ]),
    ),
  );
  expect(short).not.toBe(long);
  expect(
    hashLabels(
      Labels.from([
        ['a', '1'],
        ['b', 'x'.repeat(254)],
      ]),
    ),
  ).toBe(short);
});
