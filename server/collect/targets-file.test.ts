import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#server/errors.ts';
import { targetsIn as parse } from './testing/targets-in.ts';

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
      'orders 127.0.0.1:4008',
      'payments 127.0.0.1:4005',
      'shipping 127.0.0.1:4006',
      'notifications 127.0.0.1:4009',
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
global: { scrape_interval: 30s, scrape_timeout: 1s }
scrape_configs:
  - job_name: shop
    scrape_interval: 2s
    scrape_timeout: 1500ms
    scheme: https
    metrics_path: /m
    static_configs: [{ targets: ["shop.test:443"], labels: { team: red, __meta_hidden: x } }]
    honor_labels: true
    honor_timestamps: false
    follow_redirects: false
    sample_limit: 50
    label_limit: 30
    body_size_limit: 1000
    circuits: true
  - job_name: other
    static_configs: [{ targets: ["a:1"] }]`);
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
      followRedirects: false,
      limits: { samples: 50, labels: 30, bodyBytes: 1_000 },
      circuits: { reader: 'switchyard', path: '/api/health/circuits' },
    });
    expect(target!.labels).not.toHaveProperty('__meta_hidden');
    const [, other] = parse(
      'global: { scrape_interval: 30s }\nscrape_configs: [{ job_name: a, static_configs: [{ targets: [b, c] }] }]',
    );
    expect(other).toMatchObject({ intervalMs: 30_000, timeoutMs: 10_000, origin: 'http://c:80', instance: 'c' });
  });

  it('has defaults, and no timeout that is longer than the interval', () => {
    expect(
      parse('scrape_configs: [{ job_name: a, static_configs: [{ targets: ["b:1", "[::1]:2", "b:1"] }] }]'),
    ).toMatchObject([
      { metricsPath: '/metrics', origin: 'http://b:1', intervalMs: 5_000, timeoutMs: 5_000, honorLabels: false },
      { origin: 'http://[::1]:2', honorTimestamps: true, limits: { samples: 100_000, labels: 0 } },
    ]);
  });

  it('takes variables, and leaves the groups of regular expressions alone', () => {
    const [target] = parse(
      `scrape_configs:
  - job_name: a
    static_configs: [{ targets: ["b:\${PORT}"] }]
    relabel_configs: [{ source_labels: [__address__], regex: "(.*):.*", target_label: instance, replacement: "\${1}-\${NAME:-x}" }]`,
      { PORT: '7' },
    );
    expect(target).toMatchObject({ origin: 'http://b:7', instance: 'b-x' });
  });

  it.each([
    ['', 'Invalid input'],
    ['scrape_configs: 7', 'scrape_configs: Invalid input'],
    ['scrape_configs: [', 'Flow sequence'],
    ['jobs: []', 'Unrecognized key: "jobs"'],
    [aJob('static_configs: [{ targets: ["http://b:1"] }]'), 'a target is host:port'],
    [aJob('static_configs: [{ targets: [] }]'), 'static_configs.0.targets'],
    [aJob('scrape_interval: fast'), 'a duration is a number'],
    [aJob('scrape_interval: 1ms'), 'at least 100ms'],
    [aJob('sample_limit: 0'), 'scrape_configs.0.sample_limit'],
    [aJob('relabel: []'), 'Unrecognized key: "relabel"'],
    [aJob('relabel_configs: [{ regex: "(" }]'), 'no regular expression'],
    [aJob('relabel_configs: [{ action: explode }]'), 'relabel_configs.0.action'],
    [aJob('metric_relabel_configs: [{ action: hashmod, target_label: x }]'), 'hashmod needs modulus'],
    [aJob('metric_relabel_configs: [{ regex: x }]'), 'replace needs target_label'],
    [aJob('static_configs: [{ targets: [b], labels: { "a-b": x } }]'), 'static_configs.0.labels'],
    [aJob('dns_sd_configs: [{ names: [b], type: A }]'), 'A and AAAA records need a port'],
    [aJob('file_sd_configs: [{ files: [b.txt] }]'), 'a file of targets is'],
    ['scrape_configs: [{ job_name: a }, { job_name: a }]', 'there are two jobs named a'],
    [aJob('static_configs: [{ targets: ["b:${PORT}"] }]'), '${PORT} is not set'],
  ])('says what is wrong with %s', (text, fault) => {
    expect(() => parse(text)).toThrow(AppError);
    expect(() => parse(text)).toThrow(fault);
  });
});

function aJob(settings: string): string {
  return `scrape_configs: [{ job_name: a, ${settings} }]`;
}
