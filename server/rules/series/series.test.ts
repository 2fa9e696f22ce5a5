import { expect, it } from 'vitest';
import { parseHistogram } from '#server/promql/histogram/parse-histogram.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import { queryInstant } from '#server/promql/query.ts';
import { loadSeries, memorySource } from '#server/promql/testing/memory-source.ts';
import { PendingSamples } from './pending-samples.ts';
import { SeriesSet } from './series-set.ts';
import type { OwnSample } from './series-writer.ts';

const labels = (name: string, job: string) => Labels.from(Object.entries({ __name__: name, job }));
const [a, b] = [labels('x', 'a'), labels('x', 'b')];
const told = (samples: readonly OwnSample[]) =>
  samples.map((sample) => `${sample.labels.get('job')} ${String(sample.value)} @${sample.timeMs}`);

it('a series that is no longer made is said to have ended, once', () => {
  const set = new SeriesSet();
  expect(
    told(
      set.next(
        [
          { labels: a, value: 1 },
          { labels: b, value: 2 },
        ],
        10,
      ),
    ),
  ).toEqual(['a 1 @10', 'b 2 @10']);
  expect(told(set.next([{ labels: b, value: 3 }], 20))).toEqual(['b 3 @20', 'a stale @20']);
  expect(told(set.next([{ labels: b, value: 3 }], 30))).toEqual(['b 3 @30']);
  expect(told(set.end(40))).toEqual(['b stale @40']);
  expect(told(set.end(50))).toEqual([]);
});

it('an end that was not written is told again', () => {
  const set = new SeriesSet();
  set.next([{ labels: a, value: 1 }], 10);
  set.lost(set.next([], 20));
  expect(told(set.next([], 30))).toEqual(['a stale @30']);
});

it('what is pending is seen with what is stored, its ends too', async () => {
  const pending = new PendingSamples();
  const source = pending.over(memorySource(loadSeries('x{job="a"} 1 2 3\nx{job="b"} 4 5 6\ny 9 9 9', 1_000)));
  const at = async (query: string, timeMs: number) => {
    const { data } = await queryInstant({ source, query, timeMs });
    return data.resultType === 'vector' ? data.result.map(({ labels: of, value }) => `${of.get('job')} ${value}`) : [];
  };
  expect(await at('x', 2_500)).toEqual(['a 3', 'b 6']);
  pending.add([
    { labels: a, value: 7, timeMs: 2_500 },
    { labels: b, value: 'stale', timeMs: 2_500 },
    { labels: labels('x', 'c'), value: 8, timeMs: 2_500 },
  ]);
  expect(await at('x', 2_500)).toEqual(['a 7', 'c 8']);
  expect(await at('x', 2_499)).toEqual(['a 3', 'b 6']);
  expect(await at('sum_over_time(x[2s])', 2_500)).toEqual(['a 12', 'b 11', 'c 8']);
});

it('histograms that are pending are seen with what is stored', async () => {
  const pending = new PendingSamples();
  const source = pending.over(memorySource(loadSeries('x{job="a"} {{count:1 sum:1 buckets:[1]}} 2', 1_000)));
  const count = async (query: string) => {
    const { data } = await queryInstant({ source, query, timeMs: 2_500 });
    return data.resultType === 'vector' ? data.result.map(({ labels: of, value }) => `${of.get('job')} ${value}`) : [];
  };
  expect(await count('histogram_count(x)')).toEqual([]);
  pending.add([
    { labels: a, value: parseHistogram('{{count:4 sum:1 buckets:[4]}}'), timeMs: 2_500 },
    { labels: b, value: parseHistogram('{{count:5 sum:1 buckets:[5]}}'), timeMs: 2_500 },
  ]);
  expect(await count('histogram_count(x)')).toEqual(['a 4', 'b 5']);
  expect(await count('count_over_time(x[5s])')).toEqual(['a 3', 'b 1']);
});
