import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareAnswers } from './testing/ask-both.ts';
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

const TITLE = 'the same series and questions, asked of Prometheus 2.42';
const MISSING = `${TITLE} (skipped: install Debian's package prometheus for it)`;

describe.skipIf(!hasPrometheus())(hasPrometheus() ? TITLE : MISSING, () => {
  let ours: TestApi;
  let peer: PeerPrometheus;
  beforeAll(async () => {
    [ours, peer] = await Promise.all([startTestApi({ experimentalFunctions: true }), startPeerPrometheus()]);
    const series = randomSeries(new Random(SEED), SPAN);
    await Promise.all([insertSeries(ours.store, series, 'differential'), peer.write(series)]);
  });
  afterAll(async () => {
    await Promise.all([ours?.stop(), peer?.stop()]);
  });

  test(`${COUNT} random expressions have the same answers`, { timeout: 30_000 + COUNT * 200 }, async () => {
    const random = new Random(SEED + 1);
    const questions = Array.from({ length: COUNT }, () => ({
      query: randomQuery(random, START_S),
      // Off the grid of subqueries, and of everything that a range can be a multiple of.
      startS: START_S + 1502 + 15 * random.whole(0, 200),
      steps: random.chance(0.5) ? 1 : random.whole(2, 40),
      stepS: random.pick([15, 30, 60, 5]),
    }));
    const differences = await compareAnswers(ours.url, peer.url, questions);
    expect(differences.failed).toEqual([]);
    // Questions that both refuse or that find nothing say little.
    expect(differences.answered).toBeGreaterThan(COUNT * 0.6);
  });
});
