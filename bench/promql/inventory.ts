import { Labels } from '#server/promql/labels/labels.ts';

/** How the values of a series move. */
export type Movement =
  | { kind: 'counter'; perScrape: number; fractionDigits: number }
  | { kind: 'gauge'; around: number; unit: number }
  | { kind: 'constant'; value: number };

export interface TargetSeries {
  labels: Labels;
  type: 'counter' | 'gauge' | 'histogram';
  movement: Movement;
}

export const JOBS = ['api', 'web', 'orders', 'payments', 'search'];
export const SERIES_PER_TARGET = 200;

const ROUTES = ['/', '/api/orders', '/api/orders/{id}', '/api/search'];
const CODES = { 200: 60, 404: 2, 500: 0.5 };
/** The default buckets of Prometheus's clients, and the share of requests within each. */
const BUCKETS: [le: string, share: number][] = [
  ['0.005', 0.02],
  ['0.01', 0.08],
  ['0.025', 0.25],
  ['0.05', 0.48],
  ['0.1', 0.71],
  ['0.25', 0.88],
  ['0.5', 0.95],
  ['1', 0.98],
  ['2.5', 0.993],
  ['5', 0.998],
  ['10', 0.9995],
  ['+Inf', 1],
];
const MODES = { idle: 13, user: 1.2, system: 0.5, iowait: 0.2, irq: 0.02, softirq: 0.05, nice: 0.01, steal: 0.02 };
const MOUNTS = ['/', '/boot', '/data', '/var'];
const DEVICES = ['eth0', 'eth1', 'docker0', 'lo'];
const DISKS = ['sda', 'sdb', 'nvme0n1', 'nvme1n1'];

/** What one target exposes: a service with RED metrics, breakers, queues and caches, and the node that it runs on. */
export function seriesOfTarget(target: number): TargetSeries[] {
  const instance = `host-${String(target).padStart(3, '0')}:9100`;
  const job = JOBS[target % JOBS.length]!;
  const all: TargetSeries[] = [];
  const add = (type: TargetSeries['type'], name: string, labels: Record<string, string>, movement: Movement) =>
    all.push({ type, labels: Labels.from(Object.entries({ __name__: name, instance, job, ...labels })), movement });
  const counter = (name: string, labels: Record<string, string>, perScrape: number, fractionDigits = 0) =>
    add('counter', name, labels, { kind: 'counter', perScrape, fractionDigits });
  const gauge = (name: string, labels: Record<string, string>, around: number, unit: number) =>
    add('gauge', name, labels, { kind: 'gauge', around, unit });
  const constant = (name: string, labels: Record<string, string>, value: number) =>
    add('gauge', name, labels, { kind: 'constant', value });

  for (const route of ROUTES) {
    for (const [code, perScrape] of Object.entries(CODES)) counter('http_requests_total', { route, code }, perScrape);
    for (const [le, share] of BUCKETS) {
      const movement: Movement = { kind: 'counter', perScrape: 60 * share, fractionDigits: 0 };
      add('histogram', 'http_request_duration_seconds_bucket', { route, le }, movement);
    }
    counter('http_request_duration_seconds_sum', { route }, 4, 9);
    counter('http_request_duration_seconds_count', { route }, 60);
  }
  for (let cpu = 0; cpu < 4; cpu++) {
    for (const [mode, seconds] of Object.entries(MODES)) {
      counter('node_cpu_seconds_total', { cpu: String(cpu), mode }, seconds, 2);
    }
  }
  constant('node_memory_MemTotal_bytes', {}, 2 ** 34);
  for (const kind of ['MemAvailable', 'MemFree', 'Buffers', 'Cached'])
    gauge(`node_memory_${kind}_bytes`, {}, 1e6, 4096);
  for (const mountpoint of MOUNTS) {
    constant('node_filesystem_size_bytes', { mountpoint, fstype: 'ext4' }, 2 ** 38);
    gauge('node_filesystem_avail_bytes', { mountpoint, fstype: 'ext4' }, 3e7, 4096);
  }
  for (const device of DEVICES) {
    counter('node_network_receive_bytes_total', { device }, 400_000);
    counter('node_network_transmit_bytes_total', { device }, 200_000);
  }
  for (const device of DISKS) {
    counter('node_disk_reads_completed_total', { device }, 30);
    counter('node_disk_writes_completed_total', { device }, 80);
    counter('node_disk_io_time_seconds_total', { device }, 1.5, 3);
  }
  for (const minutes of ['1', '5', '15']) gauge(`node_load${minutes}`, {}, 150, 0.01);
  constant('up', {}, 1);
  constant('node_boot_time_seconds', {}, 1_700_000_000);
  gauge('process_resident_memory_bytes', {}, 60_000, 4096);
  counter('process_cpu_seconds_total', {}, 2, 2);
  for (let breaker = 0; breaker < 10; breaker++) {
    for (const [outcome, perScrape] of Object.entries({ success: 40, failure: 0.3, rejected: 0.05 })) {
      counter('circuit_breaker_calls_total', { name: `to-${breaker}`, outcome }, perScrape);
    }
  }
  for (let queue = 0; queue < 12; queue++) gauge('queue_depth', { queue: `queue-${queue}` }, 40, 1);
  for (let cache = 0; cache < 9; cache++) {
    counter('cache_hits_total', { cache: `cache-${cache}` }, 300);
    counter('cache_misses_total', { cache: `cache-${cache}` }, 20);
  }
  return all;
}
