import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#server/errors.ts';
import { parseTargetsFile } from './targets-file.ts';

const parse = (text: string, variables = {}) => parseTargetsFile(text, variables, 5_000);

describe('parseTargetsFile', () => {
  it('reads the shipped file: the fleet, and Switchyard itself', () => {
    const shipped = readFileSync(new URL('../../config/targets.yaml', import.meta.url), 'utf8');
    const targets = parse(shipped);
    expect(targets.map(({ job, instance }) => `${job} ${instance}`)).toEqual([
      'gateway 127.0.0.1:4000',
      'auth 127.0.0.1:4001',
      'catalog 127.0.0.1:4002',
      'inventory 127.0.0.1:4003',
      'orders 127.0.0.1:4004',
      'payments 127.0.0.1:4005',
      'shipping 127.0.0.1:4006',
      'traffic 127.0.0.1:4007',
      'switchyard-collector 127.0.0.1:4319',
      'switchyard-console 127.0.0.1:3000',
    ]);
    expect(targets.filter(({ circuits }) => circuits).map(({ job }) => job)).toEqual(['gateway']);
    const elsewhere = parse(shipped, { GATEWAY_PORT: '5000', SWITCHYARD_TRAFFIC: 'false' });
    expect(elsewhere.map(({ instance }) => instance)).toContain('127.0.0.1:5000');
    expect(elsewhere.map(({ job }) => job)).not.toContain('traffic');
    const alone = parse(shipped, { SWITCHYARD_FLEET: 'false', SWITCHYARD_TRAFFIC: 'false' });
    expect(alone.map(({ job }) => job)).toEqual(['switchyard-collector', 'switchyard-console']);
  });

  it('reads every setting', () => {
    const [target] = parse(`
jobs:
  - name: shop
    scrape_interval: 2s
    scrape_timeout: 1500ms
    scheme: https
    metrics_path: /m
    targets: ["shop.test:443"]
    labels: { team: red, job: ignored }
    honor_labels: true
    honor_timestamps: false
    sample_limit: 50
    circuits: true`);
    expect(target).toMatchObject({
      job: 'shop',
      instance: 'shop.test:443',
      origin: 'https://shop.test:443',
      metricsPath: '/m',
      intervalMs: 2_000,
      timeoutMs: 1_500,
      labels: { team: 'red', job: 'shop', instance: 'shop.test:443' },
      honorLabels: true,
      honorTimestamps: false,
      samplesMax: 50,
      circuits: true,
    });
  });

  it('has defaults, and no timeout that is longer than the interval', () => {
    expect(parse('jobs: [{ name: a, targets: ["b:1", "[::1]:2"] }]')).toMatchObject([
      { metricsPath: '/metrics', origin: 'http://b:1', intervalMs: 5_000, timeoutMs: 5_000, honorLabels: false },
      { origin: 'http://[::1]:2', honorTimestamps: true, samplesMax: 100_000 },
    ]);
  });

  it.each([
    ['', 'Invalid input'],
    ['jobs: 7', 'jobs: Invalid input'],
    ['jobs: [', 'Flow sequence'],
    ['jobs: [{ name: a, targets: ["b"] }]', 'jobs.0.targets.0: a target is host:port'],
    ['jobs: [{ name: a, targets: ["http://b:1"] }]', 'a target is host:port'],
    ['jobs: [{ name: a, targets: [] }]', 'jobs.0.targets'],
    ['jobs: [{ name: a, targets: ["b:1"], scrape_interval: fast }]', 'a duration is a number'],
    ['jobs: [{ name: a, targets: ["b:1"], scrape_interval: 1ms }]', 'at least 100ms'],
    ['jobs: [{ name: a, targets: ["b:1"], sample_limit: 0 }]', 'jobs.0.sample_limit'],
    ['jobs: [{ name: a, targets: ["b:1"], relabel: [] }]', 'Unrecognized key: "relabel"'],
    ['jobs: [{ name: a, targets: ["b:1"], labels: { "a-b": x } }]', 'jobs.0.labels'],
    ['jobs: [{ name: a, targets: ["b:1", "b:1"] }]', 'job a has the target b:1 twice'],
    ['jobs: [{ name: a, targets: ["b:${PORT}"] }]', '${PORT} is not set'],
  ])('says what is wrong with %s', (text, fault) => {
    expect(() => parse(text)).toThrow(AppError);
    expect(() => parse(text)).toThrow(fault);
  });
});
