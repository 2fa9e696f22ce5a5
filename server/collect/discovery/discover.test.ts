import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '#server/log.ts';
import { parseTargetsFile } from '../targets-file.ts';
import { discover } from './discover.ts';
import type { Target } from './to-target.ts';
import { answerDns, type DnsZone } from './testing/answer-dns.ts';

const PATIENT = { timeout: 20_000 };
let dir: string;
let dns: Socket;
let zone: DnsZone;
let targets: Target[];
let discovery: ReturnType<typeof discover> | undefined;
let registry: Server | undefined;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-discover-'));
  zone = {};
  targets = [];
  dns = createSocket('udp4', (query, { address, port }) => dns.send(answerDns(query, zone), port, address));
  dns.bind(0, '127.0.0.1');
  await once(dns, 'listening');
});
afterEach(() => {
  discovery?.stop();
  registry?.closeAllConnections();
  registry?.close();
  dns.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(yaml: string) {
  const { configs, defaults } = parseTargetsFile(`scrape_configs: [${yaml}]`, {}, 5_000);
  discovery = discover({
    configs,
    defaults,
    dir,
    log: createLog('test', 'silent'),
    onChange: (all) => (targets = all),
    dnsServers: [`127.0.0.1:${dns.address().port}`],
  });
}
const origins = () => targets.map(({ origin }) => origin);

it('asks names for addresses and services, follows them, and keeps what it knows when nobody answers', async () => {
  zone = {
    'A shop.test': ['10.0.0.2', '10.0.0.1'],
    'AAAA shop.test': ['fd00::1'],
    'SRV _metrics._tcp.shop.test': [{ host: 'node-1.shop.test', port: 9100 }],
  };
  start(`{ job_name: shop, dns_sd_configs: [
    { names: [shop.test, gone.test], type: A, port: 8080, refresh_interval: 100ms },
    { names: [shop.test], type: AAAA, port: 8080, refresh_interval: 100ms },
    { names: [_metrics._tcp.shop.test], refresh_interval: 100ms }],
    relabel_configs: [{ source_labels: [__meta_dns_srv_record_target], regex: "(.+?)[.].*", target_label: node }] }`);
  await expect
    .poll(() => origins().toSorted(), PATIENT)
    .toEqual(['http://10.0.0.1:8080', 'http://10.0.0.2:8080', 'http://[fd00::1]:8080', 'http://node-1.shop.test:9100']);
  expect(targets.find(({ origin }) => origin.includes('node'))!.labels).toEqual({
    job: 'shop',
    instance: 'node-1.shop.test:9100',
    node: 'node-1',
  });
  zone['A shop.test'] = ['10.0.0.3'];
  await expect.poll(origins, PATIENT).toContain('http://10.0.0.3:8080');
  expect(origins()).not.toContain('http://10.0.0.1:8080');
  zone['A shop.test'] = 'SERVFAIL';
  zone['AAAA shop.test'] = ['fd00::2'];
  await expect.poll(origins, PATIENT).toContain('http://[fd00::2]:8080');
  expect(origins()).toContain('http://10.0.0.3:8080');
});

it('reads files of targets, by patterns, and again when they change; a broken one changes nothing', async () => {
  const file = path.join(dir, 'eu.yaml');
  writeFileSync(file, '- targets: ["a:1", "b:2"]\n  labels: { region: eu }\n');
  writeFileSync(path.join(dir, 'us.json'), JSON.stringify([{ targets: ['c:3'] }]));
  start(`{ job_name: files, file_sd_configs: [{ files: ["*.yaml", us.json], refresh_interval: 100ms }],
    static_configs: [{ targets: ["static:9"] }],
    relabel_configs: [{ source_labels: [__meta_filepath], regex: ".*/(.*)", target_label: file }] }`);
  expect(origins()).toEqual(['http://static:9']);
  await expect.poll(origins, PATIENT).toHaveLength(4);
  expect(targets.find(({ instance }) => instance === 'b:2')!.labels).toMatchObject({ region: 'eu', file: 'eu.yaml' });
  writeFileSync(file, '- targets: 7');
  writeFileSync(path.join(dir, 'us.json'), JSON.stringify([{ targets: ['d:4'] }]));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(origins()).toContain('http://b:2');
  writeFileSync(file, '- targets: ["b:2"]');
  await expect.poll(() => origins().toSorted(), PATIENT).toEqual(['http://b:2', 'http://d:4', 'http://static:9']);
});

/** What a registry answers, by path; null while it is away. */
async function answering(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const state = { isAway: false };
  registry = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers['x-consul-token'] ?? ''}`.trim());
    const answer = answers[request.url ?? ''];
    response.writeHead(state.isAway || answer === undefined ? 500 : 200).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  return { answers, asked, state, server: `127.0.0.1:${(registry.address() as AddressInfo).port}` };
}

/** As the registry tells of an instance. */
function registered(service: string, number: number) {
  return {
    service,
    instance: `${service}-${number}`,
    address: `http://127.0.0.1:400${number}`,
    adminAddress: number === 1 ? 'http://127.0.0.1:4101' : null,
    version: number === 1 ? '1.2.3' : null,
    status: number === 1 ? 'passing' : 'critical',
  };
}

it('takes who has registered with the console, and keeps them while it is away', async () => {
  const { server, answers, state } = await answering({
    '/api/registry/instances': {
      index: 1,
      instances: [registered('orders', 1), registered('orders', 2), registered('auth', 3)],
    },
  });
  start(`{ job_name: orders, static_configs: [{ targets: ["127.0.0.1:4001"] }],
    registry_sd_configs: [{ server: "${server}", services: [orders], refresh_interval: 100ms }] },
    { job_name: all, registry_sd_configs: [{ server: "${server}", refresh_interval: 100ms }], relabel_configs: [
      { source_labels: [__meta_registry_service], target_label: job },
      { source_labels: [__meta_registry_service_id], target_label: id },
      { source_labels: [__meta_registry_service_metadata_version], target_label: version },
      { source_labels: [__meta_registry_health], target_label: health },
      { source_labels: [__meta_registry_service_port], target_label: port }] }`);
  // The first of orders is listed in the file as well: it is one target.
  await expect.poll(origins, PATIENT).toHaveLength(5);
  expect(targets.filter(({ labels }) => labels.id === undefined).map(({ instance }) => instance)).toEqual([
    '127.0.0.1:4001',
    '127.0.0.1:4002',
  ]);
  expect(targets.filter(({ labels }) => labels.id).map(({ labels }) => labels)).toEqual([
    { job: 'orders', instance: '127.0.0.1:4001', id: 'orders-1', version: '1.2.3', health: 'passing', port: '4001' },
    { job: 'orders', instance: '127.0.0.1:4002', id: 'orders-2', health: 'critical', port: '4002' },
    { job: 'auth', instance: '127.0.0.1:4003', id: 'auth-3', health: 'critical', port: '4003' },
  ]);
  state.isAway = true;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(origins()).toHaveLength(5);
  answers['/api/registry/instances'] = { index: 2, instances: [] };
  state.isAway = false;
  await expect.poll(origins, PATIENT).toEqual(['http://127.0.0.1:4001']);
});

it('asks Consul as Prometheus does, with its labels', async () => {
  const Node = { Node: 'n1', Address: '10.0.0.1', Datacenter: 'dc1', Meta: { rack: 'r-1' } };
  const entry = (ID: string, Service: object, Status: string) => ({
    Node,
    Service: { ID, Service: 'shop', Address: '', Port: 80, Tags: ['prod', 'eu'], Meta: { 'my-key': 'x' }, ...Service },
    Checks: [{ Status: 'passing' }, { Status }],
  });
  const { server, asked } = await answering({
    '/v1/catalog/services': { shop: ['prod'], consul: [] },
    '/v1/health/service/consul': [],
    '/v1/health/service/shop': [
      entry('shop-1', { Address: 'fd00::1', Port: 8080 }, 'critical'),
      entry('shop-2', {}, 'passing'),
      entry('shop-3', { Tags: ['dev'] }, 'passing'),
    ],
  });
  start(`{ job_name: consul, consul_sd_configs: [{ server: "${server}", token: t0ken, tags: [prod], refresh_interval: 100ms }],
    relabel_configs: [{ action: labelmap, regex: "__meta_consul_(.*)" }] }`);
  await expect.poll(origins, PATIENT).toEqual(['http://[fd00::1]:8080', 'http://10.0.0.1:80']);
  expect(targets[0]!.labels).toEqual({
    job: 'consul',
    instance: '[fd00::1]:8080',
    address: '10.0.0.1',
    dc: 'dc1',
    node: 'n1',
    health: 'critical',
    service: 'shop',
    service_id: 'shop-1',
    service_address: 'fd00::1',
    service_port: '8080',
    tags: ',prod,eu,',
    metadata_rack: 'r-1',
    service_metadata_my_key: 'x',
  });
  expect(new Set(asked)).toEqual(
    new Set(['/v1/catalog/services t0ken', '/v1/health/service/consul t0ken', '/v1/health/service/shop t0ken']),
  );
});

it('leaves out what relabelling drops, and all of a job with more targets than its limit', () => {
  start(`{ job_name: a, static_configs: [{ targets: ["a:1", "b:2"] }], relabel_configs: [
      { source_labels: [__address__], regex: a.*, action: drop },
      { target_label: __metrics_path__, replacement: /probe }, { target_label: __param_to, replacement: "x y" }] },
    { job_name: b, target_limit: 1, static_configs: [{ targets: ["c:1", "d:2"] }] }`);
  expect(targets.map(({ origin, metricsPath }) => origin + metricsPath)).toEqual(['http://b:2/probe?to=x+y']);
});
