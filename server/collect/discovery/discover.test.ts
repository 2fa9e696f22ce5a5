import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
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

it('leaves out what relabelling drops, and all of a job with more targets than its limit', () => {
  start(`{ job_name: a, static_configs: [{ targets: ["a:1", "b:2"] }], relabel_configs: [
      { source_labels: [__address__], regex: a.*, action: drop },
      { target_label: __metrics_path__, replacement: /probe }, { target_label: __param_to, replacement: "x y" }] },
    { job_name: b, target_limit: 1, static_configs: [{ targets: ["c:1", "d:2"] }] }`);
  expect(targets.map(({ origin, metricsPath }) => origin + metricsPath)).toEqual(['http://b:2/probe?to=x+y']);
});
