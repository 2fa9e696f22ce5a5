// Rules, alerts, targets and status, over a real engine and control database, in the shapes that Debian's Prometheus has.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConfig, type Config } from '#server/config/open-config.ts';
import { fingerprint } from '#server/rules/fingerprint.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { rulesEndpoints } from './answer-rules.ts';
import { statusEndpoints } from './answer-status.ts';

const NOW_MS = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
const now = () => new Date(NOW_MS);
const at = (secondsAgo: number) => new Date(NOW_MS - secondsAgo * 1_000);
const RULES = `
groups:
  - name: first
    limit: 7
    rules:
      - {record: one, expr: vector(1)}
      - {record: two, expr: vector( 2), labels: {a: b}}
      - {alert: Fires, expr: vector(0.5)>0.1, labels: {severity: page}, annotations: {summary: x}}
      - {alert: Waits, expr: up == 0, for: 1h, keep_firing_for: 5m}
      - {alert: Fails, expr: rate(up)}
  - {name: second, interval: 1m, rules: [{alert: Fires, expr: up > 1}]}
  - {name: empty}
`;
let control: TestControl;
let api: TestApi;
let dir: string;
let config: Config & { stop: () => void };

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-control-api-'));
  mkdirSync(path.join(dir, 'rules'));
  writeFileSync(path.join(dir, 'rules/a.yaml'), RULES);
  writeFileSync(
    path.join(dir, 'targets.yaml'),
    'scrape_configs: [{job_name: web, metrics_path: /m, scheme: https, basic_auth: {password: secret}}]',
  );
  control = await startTestControl();
  config = openConfig({ CONFIG_DIR: dir, PUBLIC_URL: 'http://x' }, control.log);
  const env = {
    CONFIG_DIR: dir,
    DATA_DIR: '/data',
    HOST: '127.0.0.1',
    CONSOLE_PORT: 3000,
    PUBLIC_URL: 'http://x',
    SCRAPE_INTERVAL_MS: 5_000,
    RULE_INTERVAL_MS: 10_000,
  };
  api = await startTestApi({
    now,
    endpoints: {
      ...rulesEndpoints({ db: control.db, config, ruleIntervalMs: env.RULE_INTERVAL_MS }),
      ...statusEndpoints({ env, db: control.db, config, now, runningMax: 8 }),
    },
  });
  const evaluated = (rule: string, lastError: string | null) => ({
    ruleKey: `a.yaml/first/${rule}`,
    health: lastError ? ('error' as const) : ('ok' as const),
    lastError,
    evaluatedAt: at(3),
    durationMs: 250,
  });
  await control.db.ruleEvaluation.createMany({
    data: [evaluated('record:one', null), evaluated('record:two', 'too many'), evaluated('Fires', null)],
  });
  const alert = (rule: string, state: 'firing' | 'pending', value: number, rest: object = {}) => {
    const labels = { alertname: rule, severity: 'page' };
    const of = { ruleKey: `a.yaml/first/${rule}`, rule, fingerprint: fingerprint(labels), openKey: rule };
    return {
      ...of,
      state,
      severity: 'critical',
      labels,
      annotations: { summary: 'x' },
      value,
      activeSince: at(60),
      ...rest,
    };
  };
  await control.db.alert.createMany({
    data: [
      alert('Fires', 'firing', 0.5, { keepFiringSince: at(5) }),
      alert('Waits', 'pending', 1234.5),
      alert('Pushed', 'firing', 1, { ruleKey: 'pushed', expiresAt: at(-60) }),
    ],
  });
  const series = loadSeries(
    `up{job="web",instance="a:1",team="core"} 1 1
     up{job="other",instance="b:2"} 1 0
     up{job="gone",instance="c:3"} 1 stale
     scrape_duration_seconds{job="web",instance="a:1",team="core"} 0.25 0.5`,
    15_000,
  ).map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + NOW_MS - 20_000) }));
  await insertSeries(api.store, series, 'control-api');
});
afterAll(async () => {
  config?.stop();
  await api?.stop();
  await control?.stop();
  rmSync(dir, { recursive: true });
});

async function get(pathname: string): Promise<{ status: string; error?: string; data: any }> {
  const response = await fetch(`${api.url}/api/v1/${pathname}`);
  // Safe because the tests name every field that they use.
  return (await response.json()) as { status: string; error?: string; data: any };
}

const namesOf = async (query: string) =>
  (await get(`rules?${query}`)).data.groups.map(
    ({ name, rules }: { name: string; rules: { name: string }[] }) =>
      `${name}: ${rules.map((rule) => rule.name).join(' ')}`,
  );

describe('rules', () => {
  const firing = {
    labels: { alertname: 'Fires', severity: 'page' },
    annotations: { summary: 'x' },
    state: 'firing',
    activeAt: at(60).toISOString(),
    keepFiringSince: at(5).toISOString(),
    value: '5e-01',
  };

  test('as they are configured, with how they went', async () => {
    const { data } = await get('rules');
    const health = { health: 'ok', evaluationTime: 0.25, lastEvaluation: at(3).toISOString() };
    const never = { health: 'unknown', evaluationTime: 0, lastEvaluation: '0001-01-01T00:00:00Z' };
    const calm = { state: 'inactive', duration: 0, keepFiringFor: 0, labels: {}, annotations: {}, alerts: [] };
    expect(data).toEqual({
      groups: [
        {
          name: 'first',
          file: 'a.yaml',
          interval: 10,
          limit: 7,
          evaluationTime: 0.75,
          lastEvaluation: at(3).toISOString(),
          rules: [
            { name: 'one', query: 'vector(1)', ...health, type: 'recording' },
            {
              name: 'two',
              query: 'vector(2)',
              labels: { a: 'b' },
              ...health,
              health: 'err',
              lastError: 'too many',
              type: 'recording',
            },
            {
              ...calm,
              ...health,
              state: 'firing',
              name: 'Fires',
              query: 'vector(0.5) > 0.1',
              labels: { severity: 'page' },
              annotations: { summary: 'x' },
              alerts: [firing],
              type: 'alerting',
            },
            {
              ...calm,
              ...never,
              state: 'pending',
              name: 'Waits',
              query: 'up == 0',
              duration: 3_600,
              keepFiringFor: 300,
              alerts: [
                {
                  labels: { alertname: 'Waits', severity: 'page' },
                  annotations: { summary: 'x' },
                  state: 'pending',
                  activeAt: at(60).toISOString(),
                  value: '1.2345e+03',
                },
              ],
              type: 'alerting',
            },
            {
              ...calm,
              ...never,
              name: 'Fails',
              query: 'rate(up)',
              health: 'err',
              lastError: expect.stringMatching(/^1:6: parse error: expected type range vector/),
              type: 'alerting',
            },
          ],
        },
        {
          name: 'second',
          file: 'a.yaml',
          interval: 60,
          limit: 0,
          evaluationTime: 0,
          lastEvaluation: '0001-01-01T00:00:00Z',
          rules: [{ ...calm, ...never, name: 'Fires', query: 'up > 1', type: 'alerting' }],
        },
      ],
    });
    expect((await get('alerts')).data.alerts).toEqual([firing, expect.objectContaining({ value: '1.2345e+03' })]);
  });

  test.each([
    ['type=record', ['first: one two']],
    ['type=alert&rule_name[]=Fires', ['first: Fires', 'second: Fires']],
    ['rule_name[]=one&rule_name[]=Waits', ['first: one Waits']],
    ['rule_group[]=second', ['second: Fires']],
    ['file[]=b.yaml', []],
    ['match[]={severity="page"}', ['first: Fires']],
    ['match[]={severity="page"}&match[]={a=~"b|c"}', ['first: two Fires']],
  ])('%s', async (query, expected) => expect(await namesOf(query)).toEqual(expected));

  test('page by page', async () => {
    const first = await get('rules?group_limit=1');
    expect(first.data.groups.map(({ name }: { name: string }) => name)).toEqual(['first']);
    const second = await get(`rules?group_limit=2&group_next_token=${first.data.groupNextToken}`);
    expect(second.data.groups.map(({ name }: { name: string }) => name)).toEqual(['second']);
    expect(second.data).not.toHaveProperty('groupNextToken');
  });

  test('without alerts, where nobody wants them', async () => {
    const { data } = await get('rules?exclude_alerts=true&rule_name[]=Waits');
    expect(data.groups[0].rules[0]).toMatchObject({ state: 'pending', alerts: [] });
  });

  test.each([
    ['type=foo', 'invalid parameter "type": not supported value "foo"'],
    ['group_limit=0', 'invalid parameter "group_limit": group_limit needs to be greater than 0'],
    ['group_next_token=x', 'invalid parameter "group_limit": group_limit needs to be set if group_next_token is'],
    ['group_limit=1&group_next_token=x', "invalid group_next_token 'x'. were rule groups changed?"],
    ['match[]={', expect.stringMatching(/^invalid parameter "match\[\]": 1:2: parse error/)],
  ])('refuses %s', async (query, error) =>
    expect(await get(`rules?${query}`)).toEqual({ status: 'error', errorType: 'bad_data', error }),
  );
});

test('targets are those whose series live', async () => {
  const { data } = await get('targets');
  expect(data.droppedTargets).toEqual([]);
  expect(data.activeTargets).toEqual([
    expect.objectContaining({
      labels: { job: 'other', instance: 'b:2' },
      health: 'down',
      lastError: 'the last scrape failed',
      scrapeUrl: 'http://b:2/metrics',
    }),
    {
      discoveredLabels: {
        __address__: 'a:1',
        __metrics_path__: '/m',
        __scheme__: 'https',
        __scrape_interval__: '5s',
        __scrape_timeout__: '5s',
        job: 'web',
      },
      labels: { job: 'web', instance: 'a:1', team: 'core' },
      scrapePool: 'web',
      scrapeUrl: 'https://a:1/m',
      globalUrl: 'https://a:1/m',
      lastError: '',
      lastScrape: at(5).toISOString(),
      lastScrapeDuration: 0.5,
      health: 'up',
      scrapeInterval: '5s',
      scrapeTimeout: '5s',
    },
  ]);
  expect((await get('targets?scrapePool=web')).data.activeTargets).toHaveLength(1);
  expect((await get('targets?state=dropped')).data.activeTargets).toEqual([]);
});

test('status/tsdb counts the living series', async () => {
  const { data } = await get('status/tsdb?limit=3');
  expect(data.headStats).toEqual({
    numSeries: 4,
    numLabelPairs: 9,
    chunkCount: expect.any(Number),
    minTime: NOW_MS - 20_000,
    maxTime: NOW_MS - 5_000,
  });
  expect(data.seriesCountByMetricName).toEqual([
    { name: 'up', value: 3 },
    { name: 'scrape_duration_seconds', value: 1 },
  ]);
  expect(data.labelValueCountByLabelName).toEqual([
    { name: 'instance', value: 3 },
    { name: 'job', value: 3 },
    { name: '__name__', value: 2 },
  ]);
  expect(data.memoryInBytesByLabelName[0]).toEqual({ name: '__name__', value: 25 });
  expect(data.seriesCountByLabelValuePair[0]).toEqual({ name: '__name__=up', value: 3 });
  expect((await get('status/tsdb?limit=0')).error).toBe('limit must be a positive number');
});

test('status of the process and its settings, without secrets', async () => {
  const { yaml } = (await get('status/config')).data;
  expect(yaml).toContain('scrape_interval: 5s');
  expect(yaml).toContain('job_name: web');
  expect(yaml).not.toContain('secret');
  expect((await get('status/flags')).data).toMatchObject({
    'query.lookback-delta': '5m',
    'query.timeout': '2m',
    'storage.tsdb.retention.time': '30d',
  });
  expect((await get('status/runtimeinfo')).data).toMatchObject({
    startTime: now().toISOString(),
    reloadConfigSuccess: true,
    GOMAXPROCS: expect.any(Number),
    storageRetention: '30d',
  });
});
