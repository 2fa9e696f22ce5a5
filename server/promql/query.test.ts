import { describe, expect, test } from 'vitest';
import { tooManySamples, type SampleSource } from './evaluate/evaluation.ts';
import { queryInstant, queryRange } from './query.ts';
import { loadSeries, memorySource } from './testing/memory-source.ts';

const HUNDRED = Array.from({ length: 100 }, (_, place) => `m{i="${place}"} 1x9`).join('\n');
const source = memorySource(loadSeries(HUNDRED, 60_000));

describe('limits', () => {
  const limits = { samplesMax: 500 };
  test('a query that reads too many samples stops with what Prometheus says', async () => {
    const asked = queryInstant({ source, query: 'sum_over_time(m[10m])', timeMs: 540_000, limits });
    await expect(asked).rejects.toMatchObject({
      kind: 'execution',
      message: 'query processing would load too many samples into memory in query execution',
    });
    await queryInstant({ source, query: 'sum_over_time(m[2m])', timeMs: 540_000, limits });
  });

  test('over a range it is what is held at a time that counts', async () => {
    const range = { startMs: 300_000, endMs: 540_000, stepMs: 60_000 };
    const windows: number[] = [];
    const watched: SampleSource = {
      read: async (window) => {
        windows.push(window.untilMs - window.afterMs);
        const series = await source.read(window);
        const samples = series.reduce((sum, { values }) => sum + values.length, 0);
        if (samples > window.samplesMax) throw tooManySamples();
        return series;
      },
    };
    const query = 'sum by (i) (sum_over_time(m[2m]) * time() - (m @ start())) or vector(time())';
    const whole = await queryRange({ source, query, ...range });
    const pieces = await queryRange({ source: watched, query, ...range, limits: { samplesMax: 900 } });
    expect(pieces.data).toEqual(whole.data);
    expect(Math.max(...windows.slice(1))).toBeLessThan(windows[0]!);
  });

  test('so does one whose answer would be too large, before it is made', async () => {
    const range = { startMs: 0, endMs: 540_000, stepMs: 10_000 };
    await expect(queryRange({ source, query: 'm @ 60', ...range, limits })).rejects.toThrow('too many samples');
  });

  test('one that takes too long is ended', async () => {
    const never: SampleSource = {
      read: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended')))),
    };
    const asked = queryInstant({ source: never, query: 'm', timeMs: 0, limits: { timeoutMs: 50 } });
    await expect(asked).rejects.toMatchObject({ kind: 'timeout', message: 'query timed out in query execution' });
  });

  test('work between reads is ended too', async () => {
    const slow = memorySource(loadSeries(HUNDRED.replaceAll('1x9', '1x500'), 1_000));
    const range = { startMs: 0, endMs: 500_000, stepMs: 100 };
    const query = 'quantile_over_time(0.5, m[500s]) + quantile_over_time(0.6, m[500s])';
    const started = performance.now();
    const asked = queryRange({ source: slow, query, ...range, limits: { timeoutMs: 100 } });
    await expect(asked).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('and one that nobody waits for', async () => {
    const leaving = new AbortController();
    const seen: AbortSignal[] = [];
    const waiting: SampleSource = {
      read: ({ signal }) => {
        seen.push(signal);
        leaving.abort();
        return Promise.reject(signal.reason);
      },
    };
    const asked = queryInstant({ source: waiting, query: 'm', timeMs: 0, signal: leaving.signal });
    await expect(asked).rejects.toMatchObject({ kind: 'canceled', message: 'query was canceled in query execution' });
    expect(seen[0]!.aborted).toBe(true);
  });
});

test('other work has its turn while a long query runs', async () => {
  const slow = memorySource(loadSeries(HUNDRED.replaceAll('1x9', '1x500'), 1_000));
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await queryRange({ source: slow, query: 'stddev_over_time(m[300s])', startMs: 0, endMs: 500_000, stepMs: 500 });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test('two selectors that ask the same are read once', async () => {
  let reads = 0;
  const counting: SampleSource = { read: (window) => (reads++, source.read(window)) };
  await queryInstant({ source: counting, query: 'm / m + on (i) rate(m[5m])', timeMs: 540_000 });
  // The lookback and the range are as long as each other.
  expect(reads).toBe(1);
});
