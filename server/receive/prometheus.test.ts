import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetricFamilies } from '#server/decode/metric-families.ts';
import { StreamBook } from '#server/decode/stream-book.ts';
import { createLog } from '#server/log.ts';
import { createOtlpServer } from './otlp-server.ts';
import { remoteWriteDoor } from './remote-write-door.ts';
import { openStoreDouble, type StoreDouble } from './testing/open-store-double.ts';
import { openReceiving } from './testing/open-receiving.ts';

const isInstalled = spawnSync('prometheus', ['--version']).status === 0;

let dir: string;
let store: StoreDouble;
let door: Server;
let target: Server;
let prometheus: ChildProcess;
let exposition: string;
let refusals: number;

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const probe = createNetServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-prometheus-'));
  store = openStoreDouble();
  const memory = { book: new StreamBook(), families: new MetricFamilies() };
  const writes = createOtlpServer({
    signals: [],
    doors: [remoteWriteDoor(store.wal, openReceiving(), memory)],
    log: createLog('test', 'silent'),
  });
  refusals = 0;
  writes.on('request', (_, response) =>
    response.once('finish', () => (refusals += response.statusCode === 204 ? 0 : 1)),
  );
  door = writes;
  exposition = '# HELP hits How often\n# TYPE hits counter\nhits_total{path="/"} 3\nhits_total{path="/gone"} 1\n';
  target = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0' })
      .end(`${exposition}# EOF\n`),
  );
  const [doorPort, targetPort, ownPort] = [await listen(door), await listen(target), await freePort()];
  writeFileSync(
    path.join(dir, 'prometheus.yml'),
    `global: { scrape_interval: 250ms, external_labels: { region: eu } }
scrape_configs: [{ job_name: shop, static_configs: [{ targets: ["127.0.0.1:${targetPort}"] }] }]
remote_write:
  - url: http://127.0.0.1:${doorPort}/api/v1/write
    queue_config: { batch_send_deadline: 200ms }
    metadata_config: { send_interval: 500ms }
`,
  );
  const args = [
    `--config.file=${dir}/prometheus.yml`,
    `--storage.tsdb.path=${dir}/data`,
    `--web.listen-address=127.0.0.1:${ownPort}`,
  ];
  if (isInstalled) prometheus = spawn('prometheus', args, { stdio: 'ignore' });
});
afterEach(async () => {
  if (prometheus && prometheus.exitCode === null) {
    const exited = once(prometheus, 'exit');
    prometheus.kill('SIGKILL');
    await exited;
  }
  for (const server of [door, target]) {
    server.closeAllConnections();
    server.close();
  }
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

describe.skipIf(!isInstalled)('a real Prometheus (skipped where there is none: apt-get install prometheus)', () => {
  it('writes its samples, its metadata and its stale markers here', { timeout: 60_000 }, async () => {
    const of = (name: string, label: string) =>
      store.samples().filter((sample) => sample.name === name && sample.labels['path'] === label);
    await expect.poll(() => of('hits_total', '/').length, { timeout: 30_000 }).toBeGreaterThan(3);
    const [sample] = of('hits_total', '/');
    const { port } = target.address() as AddressInfo;
    const instance = `127.0.0.1:${port}`;
    expect(sample).toMatchObject({ value: 3, labels: { region: 'eu', job: 'shop', instance, path: '/' } });
    expect(store.samples().find(({ name }) => name === 'up')).toMatchObject({ value: 1 });
    const described = () => store.rows('series').findLast((row) => row['metric_name'] === 'hits_total');
    await expect.poll(described, { timeout: 10_000 }).toMatchObject({ type: 'counter', help: 'How often' });

    exposition = exposition.replace('hits_total{path="/gone"} 1\n', '');
    await expect.poll(() => of('hits_total', '/gone').at(-1)?.value, { timeout: 10_000 }).toBeNaN();
    expect(of('hits_total', '/').at(-1)?.value).toBe(3);
    const times = of('hits_total', '/').map(({ timestampMs }) => timestampMs);
    expect(new Set(times).size).toBe(times.length);
    expect(refusals).toBe(0);
  });
});
