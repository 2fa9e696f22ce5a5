import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeFamilies } from '#server/decode/testing/exposition-proto.ts';
import { readPayload, type Row } from '#server/decode/testing/read-rows.ts';
import { createLog } from '#server/log.ts';
import { openWal, type Wal } from '#server/wal/open-wal.ts';
import { runScraper, type Scraper } from './run-scraper.ts';
import { scrapeTarget } from './scrape-target.ts';
import type { Target } from './discovery/to-target.ts';
import { targetsIn } from './testing/targets-in.ts';

const log = createLog('test', 'silent');
let dir: string;
let wal: Wal;
let samples: Row[];
let histograms: Row[];
let scraper: Scraper;
let server: Server;
let answer: RequestListener;
let target: Target;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-scrape-'));
  samples = [];
  histograms = [];
  wal = openWal({
    dir,
    log,
    insert: async (table, payload) => {
      if (table === 'samples') samples.push(...readPayload(table, payload));
      if (table === 'histograms') histograms.push(...readPayload(table, payload));
    },
  });
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const yaml = `scrape_configs: [{ job_name: shop, scrape_interval: 200ms, static_configs: [{ targets: ["127.0.0.1:${port}"] }] }]`;
  target = targetsIn(yaml)[0]!;
  scraper = runScraper({ wal, log });
});
afterEach(async () => {
  await scraper.stop();
  server.closeAllConnections();
  server.close();
  await wal.close(1_000);
  rmSync(dir, { recursive: true, force: true });
});

const text =
  (body: string): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(body);
const PATIENT = { timeout: 10_000 };
const valuesOf = (name: string) => samples.filter((row) => row['metric_name'] === name).map((row) => row['value']);

it('asks for protobuf first, which alone carries native histograms, and reads it', async () => {
  let accepted = '';
  answer = (request, response) => {
    accepted = request.headers.accept ?? '';
    const type = 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';
    const histogram = {
      sampleCount: 3,
      sampleSum: 4,
      schema: 0,
      positiveSpan: [{ offset: 0, length: 1 }],
      positiveDelta: [3],
    };
    const body = encodeFamilies([{ name: 'took', type: 4, metric: [{ histogram }] }]);
    response.writeHead(200, { 'content-type': type }).end(body);
  };
  scraper.setTargets([target]);
  await expect
    .poll(() => histograms.map((row) => [row['metric_name'], row['count']]), PATIENT)
    .toContainEqual(['took', 3]);
  expect(accepted).toMatch(
    /^application\/vnd\.google\.protobuf;.*;q=0\.6,application\/openmetrics-text;version=1\.0\.0;/,
  );
});

it('keeps what a target exposes, and says when it goes down and that its series ended', async () => {
  answer = text('hits 7\n');
  scraper.setTargets([target]);
  await expect.poll(() => valuesOf('hits'), PATIENT).toContain(7);
  expect(valuesOf('up')).toContain(1);
  answer = (_, response) => response.writeHead(500).end();
  await expect.poll(() => valuesOf('hits').at(-1), PATIENT).toBeNaN();
  expect(valuesOf('up')).toContain(0);
});

it('ends the series of a target that is taken out', async () => {
  answer = text('hits 7\n');
  scraper.setTargets([target]);
  await expect.poll(() => valuesOf('hits'), PATIENT).toContain(7);
  scraper.setTargets([]);
  await expect.poll(() => valuesOf('up').at(-1), PATIENT).toBeNaN();
  await expect.poll(() => valuesOf('hits').at(-1), PATIENT).toBeNaN();
});

it.each<[string, RequestListener, string]>([
  ['a broken line', text('fine 1\nbroken{ 2\n'), 'line 2: a brace is not closed'],
  ['an error status', (_, response) => response.writeHead(503).end(), 'it answered 503'],
  [
    'another content type',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    'text/html',
  ],
  ['silence', () => {}, 'it did not answer within 200 ms'],
  [
    'endless data',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const more = () => response.write('# x\n'.repeat(100_000), () => setImmediate(more));
      more();
    },
    'over 16777216 bytes',
  ],
])('fails a scrape that meets %s, and says so', async (name, listener, reason) => {
  answer = listener;
  const patient = name === 'silence' ? target : { ...target, timeoutMs: 10_000 };
  await expect(scrapeTarget(patient, new Map())).rejects.toThrow(reason);
});

it('fails a scrape that finds more samples than its limit, and ends what there was', async () => {
  answer = text('a 1\n');
  scraper.setTargets([{ ...target, limits: { ...target.limits, samples: 2 } }]);
  await expect.poll(() => valuesOf('a'), PATIENT).toContain(1);
  answer = text('a 1\nb 1\nc 1\n');
  await expect.poll(() => valuesOf('a').at(-1), PATIENT).toBeNaN();
  expect(valuesOf('up')).toContain(0);
  expect(valuesOf('b')).toEqual([]);
});

it.each([
  ['basic_auth: { username: me, password: secret }', `Basic ${btoa('me:secret')}`],
  ['basic_auth: { username: me, password_file: FILE }', `Basic ${btoa('me:from-file')}`],
  ['authorization: { credentials_file: FILE }', 'Bearer from-file'],
  ['authorization: { type: Token, credentials: secret }', 'Token secret'],
  ['bearer_token: secret', 'Bearer secret'],
])('sends the credentials and parameters that %s gives', async (setting, expected) => {
  writeFileSync(path.join(dir, 'secret'), 'from-file\n');
  const seen: (string | undefined)[] = [];
  answer = (request, response) => {
    seen.push(request.url, request.headers.authorization);
    response.writeHead(200, { 'content-type': 'text/plain' }).end('a 1\n');
  };
  const [, host] = target.origin.split('//');
  const [asked] = targetsIn(`
scrape_configs:
  - job_name: shop
    params: { module: [one, two], q: ["a b"] }
    ${setting.replace('FILE', path.join(dir, 'secret'))}
    static_configs: [{ targets: ["${host}"], labels: { __param_q: "c&d" } }]`);
  await scrapeTarget({ ...asked!, timeoutMs: 10_000 }, new Map());
  expect(seen).toEqual(['/metrics?module=one&q=c%26d&module=two', expected]);
});

it('keeps no series over the budget of its job, and says which', async () => {
  const refused: string[] = [];
  await scraper.stop();
  scraper = runScraper({
    wal,
    log,
    refuseSeries: (job, { name }) => {
      if (!name.startsWith('user_')) return false;
      refused.push(`${job} ${name}`);
      return true;
    },
  });
  answer = text('hits 7\nuser_1 1\n');
  scraper.setTargets([target]);
  await expect.poll(() => valuesOf('hits'), PATIENT).toContain(7);
  expect(valuesOf('user_1')).toEqual([]);
  expect(refused).toContain('shop user_1');
});

it('says why nobody answers', async () => {
  const gone = { ...target, origin: 'http://127.0.0.1:1' };
  await expect(scrapeTarget(gone, new Map())).rejects.toThrow(/ECONNREFUSED|bad port/);
});
