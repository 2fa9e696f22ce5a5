import { expect, it } from 'vitest';
import { Labels } from '#server/promql/labels/labels.ts';
import { recordSeries } from './record-series.ts';

const labels = (of: Record<string, string>) => Labels.from(Object.entries(of));
const samples = [
  { labels: labels({ __name__: 'up', job: 'a', env: 'x' }), value: 1 },
  { labels: labels({ __name__: 'up', job: 'b' }), value: NaN },
];

it('the rule’s name and labels win, and an empty one takes a label away', () => {
  const rule = { name: 'job:up', labels: { team: 'core', env: '' }, limit: 2 };
  expect(recordSeries(rule, samples).map((one) => [one.labels.toJSON(), one.value])).toEqual([
    [{ __name__: 'job:up', job: 'a', team: 'core' }, 1],
    [{ __name__: 'job:up', job: 'b', team: 'core' }, NaN],
  ]);
});

it.each([
  [{ labels: { job: 'all', env: '' }, limit: 0 }, 'same labelset after applying rule labels'],
  [{ labels: {}, limit: 1 }, 'exceeded limit of 1 with 2 series'],
])('refuses as Prometheus does: %j', (rule, message) =>
  expect(() => recordSeries({ name: 'x', ...rule }, samples)).toThrow(message),
);
