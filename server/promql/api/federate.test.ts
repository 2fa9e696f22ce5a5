import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const NOW_MS = START_MS + 600_000;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: () => new Date(NOW_MS) });
  const series = loadSeries(
    `up{job="api",instance="a:1"} 1x10
     up{job="db"} 1x7 stale
     up{job="web"} 0x9
     up{job="gone"} 1x2
     big{text="say\\"hi\\""} 1x9 1234567.5
     took{job="n",instance="a:1"} 1 {{count:3 sum:4.5 buckets:[3]}}
     took{job="db",instance="b:1"} {{count:3 sum:4.5 buckets:[3]}} stale
     {__name__="http.server.duration",le="+Inf"} NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN`,
    60_000,
  );
  const moved = series.map((one) => ({
    ...one,
    timestamps: one.timestamps.map((ms) => ms + START_MS),
    // Fresh enough: a series that is not seen for five minutes is not federated.
    histograms: one.histograms && {
      ...one.histograms,
      timestamps: one.histograms.timestamps.map((ms) => ms + START_MS + 480_000),
    },
  }));
  // An end comes after what it ends.
  const ended = moved.find(({ labels, stale }) => labels.get('__name__') === 'took' && stale?.includes(1))!;
  ended.timestamps.fill(NOW_MS);
  await insertSeries(api.store, moved, 'federate');
});
afterAll(() => api?.stop());

async function federate(...selectors: string[]) {
  const query = new URLSearchParams(selectors.map((selector) => ['match[]', selector]));
  const response = await fetch(`${api.url}/federate?${query.toString()}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

test('the newest sample of each living series, with its own time', async () => {
  const { status, type, text } = await federate('up');
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(text).toBe(
    [
      '# TYPE up untyped',
      `up{instance="a:1",job="api"} 1 ${NOW_MS}`,
      `up{job="web",instance=""} 0 ${NOW_MS - 60_000}`,
      '',
    ].join('\n'),
  );
});

test('a series that two selectors find comes once; families stand together', async () => {
  const { text } = await federate('{job=~"api|web"}', 'up{job="api"}', '{__name__=~"big|http.*"}');
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# TYPE big untyped',
    '# TYPE "http.server.duration" untyped',
    '# TYPE up untyped',
  ]);
  expect(text).toContain(`big{text="say\\"hi\\"",instance=""} 1.2345675e+06 ${NOW_MS}\n`);
  expect(text).toContain(`{"http.server.duration",le="+Inf",instance=""} NaN ${NOW_MS - 60_000}\n`);
  expect(text.match(/job="api"/g)).toHaveLength(1);
});

test('of native histograms what this format can tell', async () => {
  const { text } = await federate('took');
  const at = START_MS + 60_000 + 480_000;
  expect(text).toBe(
    [
      '# TYPE took histogram',
      `took_bucket{instance="a:1",job="n",le="+Inf"} 3 ${at}`,
      `took_sum{instance="a:1",job="n"} 4.5 ${at}`,
      `took_count{instance="a:1",job="n"} 3 ${at}`,
      '',
    ].join('\n'),
  );
});

test('nothing asked, nothing found, and what is no selector', async () => {
  expect(await federate()).toMatchObject({ status: 200, text: '' });
  expect(await federate('missing')).toMatchObject({ status: 200, text: '' });
  const wrong = await federate('rate(up[5m])');
  expect([wrong.status, wrong.type]).toEqual([400, 'text/plain; charset=utf-8']);
  expect((await fetch(`${api.url}/federate`, { method: 'DELETE' })).status).toBe(405);
});
