import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askBefore, compareAnswers } from './testing/ask-both.ts';
import { hasPrometheus, startPeerPrometheus, type PeerPrometheus } from './testing/peer-prometheus.ts';
import { insertSeries } from './testing/insert-series.ts';
import { randomQuery } from './testing/random-query.ts';
import { randomSeries } from './testing/random-series.ts';
import { Random } from './testing/random.ts';
import { startTestApi, type TestApi } from './testing/test-api.ts';

/** `PROMQL_DIFFERENTIAL=5000` for a long run, `PROMQL_SEED` to ask what once failed again. */
const COUNT = Number(process.env['PROMQL_DIFFERENTIAL'] ?? 400);
const SEED = Number(process.env['PROMQL_SEED'] ?? 20_261_121);
/** A whole day, so that questions lie on the grids of subqueries alike whenever they are asked; not older than what is kept. */
const START_S = (Math.floor(Date.now() / 86_400_000) - 1) * 86_400;
const SPAN = { startMs: START_S * 1000, endMs: (START_S + 7_000) * 1000, everyMs: 15_000 };

/** Every window is kept and taken again, as are the results of every range. */
const CACHE = { bytesMax: 32 * 1024 ** 2, resultBytesMax: 16 * 1024 ** 2, windowMsMin: 0, insertMsMax: 0 };

const TITLE = 'the same series and questions, asked of Prometheus 2.42';
const MISSING = `${TITLE} (skipped: install Debian's package prometheus for it)`;

describe.skipIf(!hasPrometheus())(hasPrometheus() ? TITLE : MISSING, () => {
  let ours: TestApi;
  let peer: PeerPrometheus;
  beforeAll(async () => {
    [ours, peer] = await Promise.all([
      startTestApi({ experimentalFunctions: true, cache: CACHE }),
      startPeerPrometheus(),
    ]);
    const series = randomSeries(new Random(SEED), SPAN);
    await Promise.all([insertSeries(ours.store, series, 'differential'), peer.write(series)]);
  });
  afterAll(async () => {
    await Promise.all([ours?.stop(), peer?.stop()]);
  });

  test.each(PLAIN_QUESTIONS)('%s', async (query) => {
    const { failed } = await compareAnswers(ours.url, peer.url, [
      { query, startS: START_S + 3002, steps: 1, stepS: 1 },
    ]);
    expect(failed).toEqual([]);
  });

  // Time limits are for what hangs: a busy machine takes half a second for a question.
  test('and written in the same form', { timeout: 240_000 }, async () => {
    const random = new Random(SEED + 2);
    for (let asked = 0; asked < 200; asked++) {
      const query = randomQuery(random, START_S);
      if (query.includes('holt_winters')) continue;
      expect(await written(ours.url, query), query).toBe(await written(peer.url, query));
    }
  });

  test(`${COUNT} random expressions have the same answers`, { timeout: 60_000 + COUNT * 1_000 }, async () => {
    const random = new Random(SEED + 1);
    const questions = Array.from({ length: COUNT }, () => ({
      query: randomQuery(random, START_S),
      // Off the grid of subqueries, and of everything that a range can be a multiple of.
      startS: START_S + 1502 + 15 * random.whole(0, 200),
      steps: random.chance(0.5) ? 1 : random.whole(2, 40),
      stepS: random.pick([15, 30, 60, 5]),
    }));
    await askBefore(ours.url, questions);
    const differences = await compareAnswers(ours.url, peer.url, questions);
    expect(differences.failed).toEqual([]);
    // Questions that both refuse or that find nothing say little.
    expect(differences.answered).toBeGreaterThan(COUNT * 0.6);
  });
});

/** What random questions seldom ask. */
const PLAIN_QUESTIONS = `
  -2 ^ 2
  2 ^ -1 ^ 2
  -1 ^ 2 * 3
  1 - -1 ^ 2
  2 * 3 ^ 2 % 5
  -temperature ^ 2
  -(temperature)
  limit < ignoring (tier) up
  up == on (job) limit
  limit offset -1m + up offset 1m ^ 2
  {__name__=~".*_total", job="api", code!="200"}
  count by (__name__) ({job="api"})
  rate({__name__=~"req.*"}[5m])
  sum by (__name__) (up)
  up + on (__name__, job) up
  avg without (__name__) (up)
  topk(0, up)
  up > up
  "text"
  1
  time()
  up[1m]
  temperature[5m:20s]
  requests_total[2m] offset 1m
  vector(1) == vector(1)
  round(-2.5 * up)
  vector(1e22)
  vector(1e-7)
  vector(123456789.125)
  label_replace(up, "job", "", "", "")
`
  .trim()
  .split('\n')
  .map((line) => line.trim());

/** As 3 writes it: a space before the parentheses of modifiers. */
async function written(url: string, query: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/format_query?${new URLSearchParams({ query }).toString()}`);
  const { data } = (await response.json()) as { data: string };
  return data.replace(/\b(by|without|on|ignoring|group_left|group_right)\(/g, '$1 (').replace(/\s+/g, '');
}
