import { describe, expect, test } from 'vitest';
import { queryInstant } from '../query.ts';
import { ask, askRange } from '../testing/ask.ts';
import { loadSeries, memorySource } from '../testing/memory-source.ts';

/** What is said beside an answer, without its kind and place. */
async function notes(series: string, query: string, minute: number) {
  const source = memorySource(loadSeries(series, 60_000));
  const { warnings, infos } = await queryInstant({
    source,
    query,
    timeMs: minute * 60_000,
    experimentalFunctions: true,
  });
  return [...warnings, ...infos].toSorted();
}

// 3 in (0.5, 1], 5 in (1, 2], 2 in (2, 4]: sum 15.
const H = 'h {{schema:0 count:10 sum:15 buckets:[3 5 2]}}';

describe('what a histogram is made of', () => {
  test.each([
    ['h', ['h {count:10, sum:15, (0.5,1]:3, (1,2]:5, (2,4]:2}']],
    ['histogram_count(h)', ['{} 10']],
    ['histogram_sum(h)', ['{} 15']],
    ['histogram_avg(h)', ['{} 1.5']],
    // Each observation is in the geometric middle of its bucket: sqrt(0.5), sqrt(2), sqrt(8).
    ['histogram_stdvar(h)', ['{} 0.5452272785']],
    ['histogram_stddev(h)', ['{} 0.7383950694']],
    ['histogram_fraction(1, 2, h)', ['{} 0.5']],
    ['histogram_fraction(-Inf, 1, h)', ['{} 0.3']],
    ['histogram_fraction(2, +Inf, h)', ['{} 0.2']],
    // Half of the bucket (1, 2] lies below the square root of two, as the next finer schema has it.
    ['histogram_fraction(0, sqrt(2), h)', []],
    ['histogram_fraction(0, scalar(sqrt(vector(2))), h)', ['{} 0.55']],
    ['histogram_fraction(2, 1, h)', ['{} 0']],
    ['histogram_fraction(NaN, 1, h)', ['{} NaN']],
    ['histogram_quantile(0, h)', ['{} 0.5']],
    ['histogram_quantile(0.3, h)', ['{} 1']],
    ['histogram_quantile(0.55, h)', ['{} 1.414213562']],
    ['histogram_quantile(0.9, h)', ['{} 2.828427125']],
    ['histogram_quantile(1, h)', ['{} 4']],
    ['histogram_quantile(-1, h)', ['{} -Inf']],
    ['histogram_quantile(2, h)', ['{} +Inf']],
    ['histogram_quantile(NaN, h)', ['{} NaN']],
  ])('%s', async (query, expected) => {
    if (expected.length === 0) return void (await expect(ask(H, query, 0)).rejects.toThrow('expected type'));
    expect(await ask(H, query, 0)).toEqual(expected);
  });

  test.each([
    ['below zero, from the largest bucket', 'h {{schema:0 count:10 sum:-15 n_buckets:[3 5 2]}}', 0.45, '-1.414213562'],
    ['its lowest', 'h {{schema:0 count:10 sum:-15 n_buckets:[3 5 2]}}', 0, '-4'],
    [
      'around zero, with both signs',
      'h {{schema:0 count:4 sum:0 z_bucket:2 z_bucket_w:0.5 offset:1 buckets:[1] n_offset:1 n_buckets:[1]}}',
      0.5,
      '0',
    ],
    [
      'around zero, with others above only',
      'h {{schema:0 count:4 sum:4 z_bucket:2 z_bucket_w:0.5 offset:1 buckets:[2]}}',
      0.25,
      '0.25',
    ],
    [
      'around zero, with others below only',
      'h {{schema:0 count:4 sum:-4 z_bucket:2 z_bucket_w:0.5 n_offset:1 n_buckets:[2]}}',
      0.75,
      '-0.25',
    ],
    ['around zero alone', 'h {{schema:0 count:4 sum:0 z_bucket:4 z_bucket_w:0.5}}', 0.75, '0.25'],
    ['of a finer schema', 'h {{schema:1 count:2 sum:2 buckets:[0 2]}}', 0.5, '1.189207115'],
    ['of a coarser schema', 'h {{schema:-1 count:2 sum:2 buckets:[0 2]}}', 0.5, '2'],
    ['without observations', 'h {{schema:0}}', 0.5, 'NaN'],
    ['in a custom bucket, linearly', 'h {{schema:-53 count:4 sum:9 custom_values:[1 3] buckets:[1 2 1]}}', 0.5, '2'],
    [
      'in the first custom bucket, from zero',
      'h {{schema:-53 count:4 sum:9 custom_values:[1 3] buckets:[4]}}',
      0.5,
      '0.5',
    ],
    [
      'in a first custom bucket below zero',
      'h {{schema:-53 count:4 sum:-9 custom_values:[-1 3] buckets:[4]}}',
      0.5,
      '-1',
    ],
    ['above all custom bounds', 'h {{schema:-53 count:4 sum:90 custom_values:[1 3] buckets:[0 0 4]}}', 0.5, '3'],
  ])('a quantile %s', async (_, series, quantile, expected) => {
    expect(await ask(series, `histogram_quantile(${quantile}, h)`, 0)).toEqual([`{} ${expected}`]);
  });

  test('custom buckets have fractions and a variance', async () => {
    const series = 'h {{schema:-53 count:4 sum:8 custom_values:[1 3] buckets:[2 2]}}';
    expect(await ask(series, 'histogram_fraction(0.5, 2, h)', 0)).toEqual(['{} 0.5']);
    expect(await ask(series, 'histogram_stdvar(h)', 0)).toEqual(['{} +Inf']);
  });

  test('floats are none of this, and histograms nothing to functions of floats', async () => {
    const series = `${H}\nf 4`;
    for (const name of ['count', 'sum', 'avg', 'stddev', 'stdvar'])
      expect(await ask(series, `histogram_${name}(f)`, 0)).toEqual([]);
    for (const query of ['abs(h)', 'sqrt(h)', 'clamp(h, 0, 1)', 'round(h)', 'hour(h)', 'sort(h)', 'h > 3', 'h < h'])
      expect(await ask(series, query, 0), query).toEqual([]);
    expect(await ask(series, 'sort({__name__=~"f|h"})', 0)).toEqual(['f 4']);
    expect(await ask(series, 'scalar(h)', 0)).toEqual(['NaN']);
    expect(await ask(series, 'absent(h)', 0)).toEqual([]);
    expect(await ask(series, 'timestamp(h)', 0)).toEqual(['{} 0']);
    expect(await ask(series, 'timestamp(h * 2)', 3)).toEqual(['{} 180']);
    expect(await ask(series, 'label_replace(h, "a", "b", "", "")', 0)).toEqual([
      'h{a="b"} {count:10, sum:15, (0.5,1]:3, (1,2]:5, (2,4]:2}',
    ]);
    expect(await ask(series, 'histogram_quantiles(h, "q", 0.3, 1)', 0)).toEqual(['{q="0.3"} 1', '{q="1"} 4']);
  });

  test('observations of NaN are above all others, and the answer says so', async () => {
    const series = 'h {{schema:0 count:10 sum:NaN buckets:[3 5]}}';
    expect(await ask(series, 'histogram_quantile(0.3, h)', 0)).toEqual(['{} 1']);
    expect(await ask(series, 'histogram_quantile(0.9, h)', 0)).toEqual(['{} NaN']);
    expect(await ask(series, 'histogram_fraction(-Inf, +Inf, h)', 0)).toEqual(['{} 0.8']);
    const said = async (query: string) => (await notes(series, query, 0)).map((note) => note.replace(/\(.*$/, ''));
    expect(await said('histogram_quantile(0.3, h)')).toEqual(
      infoOf('histogram_quantile has NaN observations, result is skewed higher'),
    );
    expect(await said('histogram_quantile(0.9, h)')).toEqual(
      infoOf('histogram_quantile has NaN observations, result is NaN'),
    );
    expect(await said('histogram_fraction(0, 1, h)')).toEqual(
      infoOf('histogram_fraction has NaN observations, which are excluded from all fractions'),
    );
  });

  test('classic and native under one name is neither', async () => {
    const series = `h{a="1"} {{schema:0 count:1 sum:1 buckets:[1]}}\nh{a="1",le="1"} 1\nh{a="1",le="+Inf"} 2\nh{a="2",le="1"} 1\nh{a="2",le="+Inf"} 2`;
    expect(await ask(series, 'histogram_quantile(0.5, h)', 0)).toEqual(['{a="2"} 1']);
    expect(await notes(series, 'histogram_quantile(0.5, h)', 0)).toEqual([
      'PromQL warning: vector contains a mix of classic and native histograms for metric name "h" (1:25)',
    ]);
  });
});

describe('operators', () => {
  const TWO = `a {{schema:1 count:6 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 2 2]}}
    b {{schema:0 count:3 sum:4 z_bucket:1 z_bucket_w:0.001 buckets:[1 1]}}
    c {{schema:-53 count:3 sum:4 custom_values:[1 2] buckets:[1 2]}}
    d {{schema:-53 count:3 sum:4 custom_values:[1 3] buckets:[1 2]}}
    f 2`;
  test.each([
    // The finer one's (1, 1.41] and (1.41, 2] are one bucket of the coarser.
    ['a + on () b', '{} {count:9, sum:13, [-0.001,0.001]:2, (0.5,1]:2, (1,2]:5}'],
    ['a - on () b', '{} {count:3, sum:5, (1,2]:3}'],
    [
      'a * 2',
      '{} {count:12, sum:18, [-0.001,0.001]:2, (0.7071067811865476,1]:2, (1,1.4142135623730951]:4, (1.4142135623730951,2]:4}',
    ],
    ['0.5 * b', '{} {count:1.5, sum:2, [-0.001,0.001]:0.5, (0.5,1]:0.5, (1,2]:0.5}'],
    ['b / 2', '{} {count:1.5, sum:2, [-0.001,0.001]:0.5, (0.5,1]:0.5, (1,2]:0.5}'],
    ['b / 0', '{} {count:+Inf, sum:+Inf, [-0.001,0.001]:+Inf}'],
    ['b * on () f', '{} {count:6, sum:8, [-0.001,0.001]:2, (0.5,1]:2, (1,2]:2}'],
    ['f * on () b', '{} {count:6, sum:8, [-0.001,0.001]:2, (0.5,1]:2, (1,2]:2}'],
    ['b / on () f', '{} {count:1.5, sum:2, [-0.001,0.001]:0.5, (0.5,1]:0.5, (1,2]:0.5}'],
    ['-b', '{} {count:-3, sum:-4, (0.5,1]:-1, (1,2]:-1}'],
    ['b == b', 'b {count:3, sum:4, [-0.001,0.001]:1, (0.5,1]:1, (1,2]:1}'],
    ['b != bool b', '{} 0'],
    ['b == bool on () a', '{} 0'],
    [
      'a != on () b',
      '{} {count:6, sum:9, [-0.001,0.001]:1, (0.7071067811865476,1]:1, (1,1.4142135623730951]:2, (1.4142135623730951,2]:2}',
    ],
    ['c + c', '{} {count:6, sum:8, [-Inf,1]:2, (1,2]:4}'],
    ['b and b', 'b {count:3, sum:4, [-0.001,0.001]:1, (0.5,1]:1, (1,2]:1}'],
    ['f or on (__name__) b unless on (__name__) f', 'f 2'],
    ['missing or b', 'b {count:3, sum:4, [-0.001,0.001]:1, (0.5,1]:1, (1,2]:1}'],
  ])('%s', async (query, expected) => {
    expect((await ask(TWO, query, 0))[query.startsWith('f or') ? 1 : 0]).toBe(expected);
  });

  test.each([
    ['a + f', 'info: incompatible sample types encountered for binary operator "+": histogram + float (1:1)'],
    ['f - a', 'info: incompatible sample types encountered for binary operator "-": float - histogram (1:1)'],
    ['a * a', 'info: incompatible sample types encountered for binary operator "*": histogram * histogram (1:1)'],
    ['2 / a', 'info: incompatible sample types encountered for binary operator "/": float / histogram (1:1)'],
    ['a > 1', 'info: incompatible sample types encountered for binary operator ">": histogram > float (1:1)'],
    ['a == f', 'info: incompatible sample types encountered for binary operator "==": histogram == float (1:1)'],
    ['a + on () c', 'warning: incompatible bucket layout encountered for binary operator + (1:1)'],
    ['d - on () c', 'warning: incompatible bucket layout encountered for binary operator - (1:1)'],
  ])('%s has no result, and says why', async (query, note) => {
    expect(await ask(TWO, query, 0)).toEqual([]);
    expect(await notes(TWO, query, 0)).toEqual([`PromQL ${note}`]);
  });

  test('zero buckets become as wide as the wider one, and whole buckets go with them', async () => {
    const series = `a {{schema:0 count:5 sum:5 z_bucket:1 z_bucket_w:0.6 offset:1 buckets:[4]}}
      b {{schema:0 count:7 sum:5 z_bucket:1 z_bucket_w:0.001 offset:-1 buckets:[1 2 3]}}`;
    // 0.6 lies in the bucket (0.5, 1] of b, which is populated: the zero bucket ends at 1.
    expect(await ask(series, 'a + on () b', 0)).toEqual(['{} {count:12, sum:10, [-1,1]:5, (1,2]:7}']);
  });
});

describe('aggregations', () => {
  const MANY = `h{g="a",i="1"} {{schema:0 count:2 sum:3 buckets:[1 1]}}
    h{g="a",i="2"} {{schema:0 count:4 sum:5 buckets:[1 3]}}
    h{g="b",i="1"} {{schema:0 count:1 sum:1 buckets:[1]}}
    h{g="b",i="2"} 7
    h{g="c",i="1"} 8`;
  test.each([
    ['sum by (g) (h)', ['{g="a"} {count:6, sum:8, (0.5,1]:2, (1,2]:4}', '{g="c"} 8']],
    ['avg by (g) (h)', ['{g="a"} {count:3, sum:4, (0.5,1]:1, (1,2]:2}', '{g="c"} 8']],
    ['count by (g) (h)', ['{g="a"} 2', '{g="b"} 2', '{g="c"} 1']],
    ['group by (g) (h)', ['{g="a"} 1', '{g="b"} 1', '{g="c"} 1']],
    ['min by (g) (h)', ['{g="b"} 7', '{g="c"} 8']],
    ['max(h)', ['{} 8']],
    ['stddev by (g) (h)', ['{g="b"} 0', '{g="c"} 0']],
    ['quantile(0.5, h)', ['{} 7.5']],
    ['topk(1, h)', ['h{g="c",i="1"} 8']],
    ['limitk(1, h{g="a"})', ['h{g="a",i="1"} {count:2, sum:3, (0.5,1]:1, (1,2]:1}']],
    ['count_values("v", h{g="b"})', ['{v="7"} 1', '{v="{count:1,sum:1,(0.5,1]:1}"} 1']],
  ])('%s', async (query, expected) => {
    expect(await ask(MANY, query, 0)).toEqual(expected);
  });

  test.each([
    ['sum(h)', ['PromQL warning: encountered a mix of histograms and floats for aggregation (1:5)']],
    ['min(h)', ['PromQL info: ignored histogram in min aggregation (1:5)']],
    ['topk(1, h)', ['PromQL info: ignored histogram in topk aggregation (1:9)']],
    ['sum by (g) (h{g="a"})', []],
    ['count(h)', []],
  ])('%s says', async (query, expected) => {
    expect(await notes(MANY, query, 0)).toEqual(expected);
  });

  test('what does not go together has no sum', async () => {
    const series = `h{i="1"} {{schema:0 count:1 sum:1 buckets:[1]}}
      h{i="2"} {{schema:-53 count:1 sum:1 custom_values:[1] buckets:[1]}}
      h{i="3"} {{schema:-53 count:1 sum:1 custom_values:[2] buckets:[1]}}`;
    expect(await ask(series, 'sum(h)', 0)).toEqual([]);
    expect(await notes(series, 'sum(h{i=~"1|2"})', 0)).toEqual([
      'PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "h" (1:5)',
    ]);
    expect(await notes(series, 'avg(h{i=~"2|3"})', 0)).toEqual([
      'PromQL warning: vector contains histograms with incompatible custom buckets for metric name "h" (1:5)',
    ]);
  });
});

describe('ranges', () => {
  const STEADY = 'h {{schema:0 count:2 sum:2 buckets:[1 1]}}+{{schema:0 count:3 sum:6 buckets:[1 2]}}x9';
  test.each([
    // Five minutes hold five samples, four intervals: carried on by half an interval at each end or to where it was zero.
    ['increase(h[5m])', '{} {count:15, sum:30, (0.5,1]:5, (1,2]:10}'],
    ['rate(h[5m])', '{} {count:0.05, sum:0.1, (0.5,1]:0.01666666667, (1,2]:0.03333333333}'],
    ['irate(h[5m])', '{} {count:0.05, sum:0.1, (0.5,1]:0.01666666667, (1,2]:0.03333333333}'],
    ['sum_over_time(h[2m])', '{} {count:55, sum:106, (0.5,1]:19, (1,2]:36}'],
    ['avg_over_time(h[2m])', '{} {count:27.5, sum:53, (0.5,1]:9.5, (1,2]:18}'],
    ['last_over_time(h[2m])', 'h {count:29, sum:56, (0.5,1]:10, (1,2]:19}'],
    ['first_over_time(h[2m])', 'h {count:26, sum:50, (0.5,1]:9, (1,2]:17}'],
    ['count_over_time(h[5m])', '{} 5'],
    ['present_over_time(h[5m])', '{} 1'],
    ['changes(h[5m])', '{} 4'],
    ['resets(h[5m])', '{} 0'],
    ['ts_of_last_over_time(h[5m])', '{} 540'],
    ['sum_over_time((h * 2)[2m:1m])', '{} {count:110, sum:212, (0.5,1]:38, (1,2]:72}'],
    ['max_over_time(histogram_count(h)[3m:1m])', '{} 29'],
    ['histogram_quantile(0.5, rate(h[5m]))', '{} 1.189207115'],
    ['sum(rate(h[5m]))', '{} {count:0.05, sum:0.1, (0.5,1]:0.01666666667, (1,2]:0.03333333333}'],
  ])('%s', async (query, expected) => {
    expect(await ask(STEADY, query, 9)).toEqual([expected]);
  });

  test.each(['max_over_time', 'min_over_time', 'stddev_over_time', 'deriv', 'mad_over_time'])(
    '%s leaves histograms out, and says so only of a mix',
    async (name) => {
      expect(await ask(STEADY, `${name}(h[5m])`, 9)).toEqual([]);
      expect(await notes(STEADY, `${name}(h[5m])`, 9)).toEqual([]);
      const mixed = 'h 1 2 {{schema:0 count:1 sum:1 buckets:[1]}} 3';
      expect(await ask(mixed, `${name}(h[5m])`, 4)).toHaveLength(1);
      expect(await notes(mixed, `${name}(h[5m])`, 4)).toEqual([
        `PromQL info: ignored histograms in a range containing both floats and histograms for metric name "h" (1:${name.length + 2})`,
      ]);
    },
  );

  test.each(['rate', 'increase', 'delta', 'sum_over_time', 'avg_over_time', 'irate', 'idelta'])(
    '%s of a mix has no result',
    async (name) => {
      const mixed = 'm_total 1 2 3 {{schema:0 count:1 sum:1 buckets:[1]}}';
      expect(await ask(mixed, `${name}(m_total[5m])`, 4)).toEqual([]);
      expect(await notes(mixed, `${name}(m_total[5m])`, 4)).toEqual([
        `PromQL warning: encountered a mix of histograms and floats for metric name "m_total" (1:${name.length + 2})`,
      ]);
    },
  );

  test('a reset is found in what a counter lost', async () => {
    const cases: [string, string][] = [
      ['{{schema:0 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 7]}}', '0'],
      ['{{schema:0 count:3 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 1]}}', '1'],
      ['{{schema:0 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[0 8]}}', '1'],
      ['{{schema:0 count:9 sum:9 z_bucket:0 z_bucket_w:0.001 buckets:[2 7]}}', '1'],
      ['{{schema:1 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 7]}}', '1'],
      ['{{schema:-1 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 7]}}', '0'],
      ['{{schema:0 count:9 sum:9 z_bucket:1 z_bucket_w:0.0001 buckets:[1 7]}}', '1'],
      ['{{schema:0 count:9 sum:9 z_bucket:1 z_bucket_w:0.01 buckets:[1 7]}}', '0'],
      // The zero bucket ends within a populated bucket of before, which a merge never does.
      ['{{schema:0 count:9 sum:9 z_bucket:2 z_bucket_w:0.6 buckets:[0 7]}}', '1'],
      ['{{schema:0 count:9 sum:9 z_bucket:2 z_bucket_w:1 buckets:[0 7]}}', '0'],
      ['{{schema:0 count:9 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 7] counter_reset_hint:reset}}', '1'],
      ['{{schema:0 count:3 sum:9 z_bucket:1 z_bucket_w:0.001 buckets:[1 1] counter_reset_hint:not_reset}}', '0'],
      ['{{schema:-53 count:9 sum:9 custom_values:[1] buckets:[9]}}', '1'],
      ['7', '1'],
    ];
    for (const [second, resets] of cases)
      expect(await ask(after(second), 'resets(h[5m])', 1), second).toEqual([`{} ${resets}`]);
  });

  test('what was counted before a reset counts', async () => {
    const series =
      'h {{count:4 sum:4 buckets:[4]}} {{count:6 sum:6 buckets:[6]}} {{count:1 sum:1 buckets:[1]}} {{count:3 sum:3 buckets:[3]}}';
    // 2 before, 1 at the reset, 2 after; of four minutes three are sampled.
    expect(await ask(series, 'increase(h[4m]) * 3 / 4', 3)).toEqual(['{} {count:5, sum:5, (0.5,1]:5}']);
    expect(await ask(series, 'irate(h[2m] offset 1m)', 3)).toEqual([
      '{} {count:0.01666666667, sum:0.01666666667, (0.5,1]:0.01666666667}',
    ]);
    // Custom buckets before, exponential ones after a reset: what was before need not be understood.
    const changed =
      'h {{schema:-53 count:4 sum:4 custom_values:[1] buckets:[4]}} {{count:1 sum:1 buckets:[1]}} {{count:3 sum:3 buckets:[3]}}';
    expect(await ask(changed, 'histogram_count(increase(h[3m]))', 2)).toEqual(['{} 4.5']);
    const late =
      'h {{count:4 sum:4 buckets:[4]}} {{count:5 sum:5 buckets:[5]}} {{schema:-53 count:9 sum:9 custom_values:[1] buckets:[9]}}';
    expect(await ask(late, 'increase(h[3m])', 2)).toEqual([]);
    expect(await notes(late, 'increase(h[3m])', 2)).toEqual([
      'PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "h" (1:10)',
    ]);
  });

  test('gauges and counters are told apart', async () => {
    const gauge =
      'h {{count:4 sum:4 buckets:[4] counter_reset_hint:gauge}} {{count:2 sum:2 buckets:[2] counter_reset_hint:gauge}}';
    expect(await ask(gauge, 'idelta(h[2m])', 1)).toEqual(['{} {count:-2, sum:-2, (0.5,1]:-2}']);
    expect(await ask(gauge, 'delta(h[2m])', 1)).toEqual(['{} {count:-4, sum:-4, (0.5,1]:-4}']);
    expect(await notes(gauge, 'delta(h[2m])', 1)).toEqual([]);
    expect(await notes(gauge, 'rate(h[2m])', 1)).toEqual([
      'PromQL warning: this native histogram metric is not a counter: "h" (1:6)',
    ]);
    expect(await notes(STEADY, 'delta(h[2m])', 9)).toEqual([
      'PromQL warning: this native histogram metric is not a gauge: "h" (1:7)',
    ]);
    expect(await notes(STEADY, 'rate(h[2m])', 9)).toEqual([]);
  });

  test('which sample is the value is a question of time, whatever it is', async () => {
    const series = 'h {{count:1 sum:1 buckets:[1]}} _ 5 _ {{count:2 sum:1 buckets:[2]}} stale _ _';
    expect(await askRange(series, 'h', [0, 6, 1])).toEqual([
      'h {count:1, sum:1, (0.5,1]:1} {count:1, sum:1, (0.5,1]:1} 5 5 {count:2, sum:1, (0.5,1]:2} _ _',
    ]);
    expect(await askRange(series, 'histogram_count(h) or h', [0, 6, 1])).toEqual([
      '{} 1 1 _ _ 2 _ _',
      'h _ _ 5 5 _ _ _',
    ]);
    expect(await askRange(series, 'absent(h)', [4, 6, 1])).toEqual(['{} _ 1 1']);
    expect(await askRange(series, 'absent_over_time(h[1m])', [0, 4, 1])).toEqual(['{} _ 1 _ 1 _']);
  });
});

function infoOf(what: string): string[] {
  return [`PromQL info: input to ${what} for metric name "h" `];
}

function after(second: string): string {
  return `h {{schema:0 count:4 sum:4 z_bucket:1 z_bucket_w:0.001 buckets:[1 2]}} ${second}`;
}
