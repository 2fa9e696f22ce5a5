import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertSeries } from './testing/insert-series.ts';
import { hasPrometheus, startPeerPrometheus, type PeerPrometheus } from './testing/peer-prometheus.ts';
import { Random } from './testing/random.ts';
import { randomHistograms } from './testing/random-histograms.ts';
import { startTestApi, type TestApi } from './testing/test-api.ts';

const SEED = Number(process.env['PROMQL_SEED'] ?? 20_261_121);
const START_S = (Math.floor(Date.now() / 86_400_000) - 1) * 86_400;
const SPAN = { startMs: START_S * 1000, endMs: (START_S + 3_600) * 1000, everyMs: 15_000 };

/** What 2.42 has of native histograms and 3 has not changed. */
const QUESTIONS = `
  took_seconds
  took_seconds{job="api"} offset 2m
  took_seconds @ ${START_S + 1_800}
  rate(took_seconds[5m])
  increase(took_seconds[3m:30s])
  increase(took_seconds[2m])
  delta(took_seconds[4m])
  sum(rate(took_seconds[5m]))
  sum by (job) (took_seconds)
  took_seconds + took_seconds
  sum by (job) (took_seconds) + on (job) sum by (job) (rate(took_seconds[5m]))
  took_seconds and took_seconds{instance="a:1"}
  took_seconds{job="db"} or took_seconds{job="api"}
  took_seconds unless took_seconds{job="db"}
  count(took_seconds)
  count by (job) (rate(took_seconds[2m]))
  group by (instance) (took_seconds)
  histogram_count(took_seconds)
  histogram_sum(rate(took_seconds[5m]))
  histogram_count(sum by (job) (increase(took_seconds[5m]))) / 300
  absent(took_seconds{job="none"})
  absent_over_time(took_seconds[1m])
  count_over_time(took_seconds[90s])
  present_over_time(took_seconds[90s])
  histogram_quantile(0, took_seconds{job="api"} offset 1m) < bool 0
`
  .trim()
  .split('\n')
  .map((line) => line.trim());

const TITLE = 'native histograms, asked of Prometheus 2.42';
describe.skipIf(!hasPrometheus())(
  hasPrometheus() ? TITLE : `${TITLE} (skipped: install Debian's package prometheus for it)`,
  () => {
    let ours: TestApi;
    let peer: PeerPrometheus;
    const random = new Random(SEED);

    beforeAll(async () => {
      const series = randomHistograms(random, SPAN);
      [ours, peer] = await Promise.all([startTestApi(), startPeerPrometheus()]);
      await Promise.all([insertSeries(ours.store, series, 'histograms', 'histogram'), peer.write(series)]);
    }, 120_000);
    afterAll(() => Promise.all([ours?.stop(), peer?.stop()]));

    test.each(QUESTIONS)('%s', { timeout: 60_000 }, async (query) => {
      for (const steps of [1, 7]) {
        const startS = START_S + random.whole(600, 2_400);
        const [mine, theirs] = await Promise.all([
          ask(ours.url, query, startS, steps),
          ask(peer.url, query, startS, steps),
        ]);
        expectSame(mine, theirs);
      }
    });
  },
);

function order({ metric }: { metric: object }): string {
  return JSON.stringify(Object.entries(metric).toSorted());
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

async function ask(url: string, query: string, startS: number, steps: number): Promise<Json> {
  const range = { start: String(startS), end: String(startS + (steps - 1) * 60), step: '60' };
  const form = new URLSearchParams({ query, ...(steps === 1 ? { time: String(startS) } : range) });
  const response = await fetch(`${url}/api/v1/${steps === 1 ? 'query' : 'query_range'}`, {
    method: 'POST',
    body: form,
  });
  const { data } = (await response.json()) as { data: { result: { metric: object }[] } };
  // Series of a vector come in no order.
  return data.result.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)) as never;
}

/** Numbers, which travel as texts, may differ by rounding. */
function expectSame(mine: Json, theirs: Json, path = ''): void {
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    expect(mine.length, `${path}: ${JSON.stringify(mine)} ${JSON.stringify(theirs)}`).toBe(theirs.length);
    mine.forEach((item, place) => expectSame(item, theirs[place]!, `${path}[${place}]`));
  } else if (typeof mine === 'object' && typeof theirs === 'object' && mine && theirs) {
    expect(Object.keys(mine).toSorted(), path).toEqual(Object.keys(theirs).toSorted());
    for (const [key, item] of Object.entries(mine))
      expectSame(item, (theirs as { [key: string]: Json })[key]!, `${path}.${key}`);
  } else if (mine !== theirs) {
    const [a, b] = [Number(mine), Number(theirs)];
    const isNear = Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-3);
    expect(isNear, `${path}: ours ${JSON.stringify(mine)}, theirs ${JSON.stringify(theirs)}`).toBe(true);
  }
}
