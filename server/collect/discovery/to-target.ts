import type { HistogramChoice } from '#server/decode/parse-proto-exposition.ts';
import { CIRCUIT_PATHS, type CircuitReaderName } from '../circuit-readers/readers.ts';
import { parseDuration } from './duration.ts';
import { relabel, type RelabelStep } from './relabel.ts';
import type { ScrapeConfig } from './scrape-config.ts';

/** One endpoint to ask; `key` changes with anything that changes how it is asked or what its samples are called. */
export interface Target {
  key: string;
  job: string;
  instance: string;
  /** `http://host:port` */
  origin: string;
  /** With the query that `params` makes. */
  metricsPath: string;
  intervalMs: number;
  timeoutMs: number;
  /** Put on every sample: what relabelling left, `job` and `instance` among it. */
  labels: Record<string, string>;
  /** Whether the exposition's own `job`, `instance` and so on win over ours; otherwise they become `exported_*`. */
  honorLabels: boolean;
  /** Whether the times in the exposition count, or that of the scrape. */
  honorTimestamps: boolean;
  /** Which histograms are taken of targets that have both kinds. */
  histograms: HistogramChoice;
  followRedirects: boolean;
  auth: TargetAuth | undefined;
  metricRelabels: readonly RelabelStep[];
  limits: TargetLimits;
  /** How it is asked for its breakers; null when it is not. */
  circuits: CircuitsQuestion | null;
}

export interface CircuitsQuestion {
  reader: CircuitReaderName;
  path: string;
}

/** What goes into the header Authorization; a secret in a file is read for each scrape, so that it may change. */
export type TargetAuth = { secret: string | undefined; file: string | undefined } & (
  | { kind: 'basic'; username: string }
  | { kind: 'token'; type: string }
);

/** A scrape that finds more has failed; 0 is no limit. */
export interface TargetLimits {
  bodyBytes: number;
  samples: number;
  labels: number;
  labelNameChars: number;
  labelValueChars: number;
}

const TIMEOUT_MS_DEFAULT = 10_000;

export interface ScrapeDefaults {
  intervalMs: number;
  timeoutMs?: number | undefined;
}

/** Makes a target of what was discovered; undefined when relabelling drops it, an Error when nothing can be asked. */
export function toTarget(
  config: ScrapeConfig,
  discovered: Readonly<Record<string, string>>,
  defaults: ScrapeDefaults,
): Target | undefined | Error {
  const labels = relabel(withDefaults(config, discovered, defaults), config.relabel_configs);
  if (labels === undefined) return undefined;
  const scheme = labels.get('__scheme__') ?? '';
  const address = labels.get('__address__') ?? '';
  const origin = `${scheme}://${withPort(address, scheme)}`;
  if (!/^https?$/.test(scheme) || address === '' || !URL.canParse(origin)) {
    return new Error(`job ${config.job_name}: ${JSON.stringify(origin)} is no address`);
  }
  const intervalMs = parseDuration(labels.get('__scrape_interval__') ?? '') ?? 0;
  const timeoutMs = parseDuration(labels.get('__scrape_timeout__') ?? '') ?? 0;
  if (intervalMs < 100 || timeoutMs < 1) return new Error(`job ${config.job_name}: no scrape interval or timeout`);
  if (!labels.has('instance')) labels.set('instance', address);
  const target = {
    job: labels.get('job') ?? '',
    instance: labels.get('instance')!,
    origin,
    metricsPath: `${labels.get('__metrics_path__') ?? '/metrics'}${queryOf(config, labels)}`,
    intervalMs,
    timeoutMs: Math.min(timeoutMs, intervalMs),
    labels: Object.fromEntries([...labels].filter(([name, value]) => !name.startsWith('__') && value !== '')),
    honorLabels: config.honor_labels,
    honorTimestamps: config.honor_timestamps,
    histograms: { native: config.scrape_native_histograms, classic: config.always_scrape_classic_histograms },
    followRedirects: config.follow_redirects,
    auth: authOf(config),
    metricRelabels: config.metric_relabel_configs,
    limits: {
      bodyBytes: config.body_size_limit,
      samples: config.sample_limit,
      labels: config.label_limit,
      labelNameChars: config.label_name_length_limit,
      labelValueChars: config.label_value_length_limit,
    },
    circuits: circuitsOf(config),
  };
  return {
    key: JSON.stringify(target, (_, value: unknown) => (isPattern(value) ? value.pattern() : value)),
    ...target,
  };
}

function withDefaults(
  config: ScrapeConfig,
  discovered: Readonly<Record<string, string>>,
  { intervalMs: fallbackMs, timeoutMs }: ScrapeDefaults,
): Map<string, string> {
  const intervalMs = config.scrape_interval ?? fallbackMs;
  const defaults: Record<string, string> = {
    job: config.job_name,
    __scheme__: config.scheme,
    __metrics_path__: config.metrics_path,
    __scrape_interval__: `${intervalMs}ms`,
    __scrape_timeout__: `${config.scrape_timeout ?? Math.min(timeoutMs ?? TIMEOUT_MS_DEFAULT, intervalMs)}ms`,
  };
  for (const [name, [first = '']] of Object.entries(config.params)) defaults[`__param_${name}`] = first;
  return new Map(Object.entries({ ...defaults, ...discovered }));
}

/** Relabelling may change the first value of a parameter, and add parameters. */
function queryOf({ params }: ScrapeConfig, labels: ReadonlyMap<string, string>): string {
  const search = new URLSearchParams();
  for (const [label, value] of labels) {
    if (label.startsWith('__param_')) search.append(label.slice('__param_'.length), value);
  }
  for (const [name, [, ...rest]] of Object.entries(params)) for (const value of rest) search.append(name, value);
  return search.size > 0 ? `?${search}` : '';
}

function authOf(config: ScrapeConfig): TargetAuth | undefined {
  const { basic_auth: basic, authorization, bearer_token: token, bearer_token_file: file } = config;
  if (basic) {
    return { kind: 'basic', username: basic.username, secret: basic.password, file: basic.password_file };
  }
  if (authorization) {
    const { type, credentials, credentials_file: credentialsFile } = authorization;
    return { kind: 'token', type, secret: credentials, file: credentialsFile };
  }
  return token || file ? { kind: 'token', type: 'Bearer', secret: token, file } : undefined;
}

function circuitsOf({ circuits }: ScrapeConfig): CircuitsQuestion | null {
  if (circuits === false) return null;
  if (typeof circuits === 'object') return { ...circuits, path: circuits.path ?? CIRCUIT_PATHS[circuits.reader] };
  const reader = circuits === true ? 'switchyard' : circuits;
  return { reader, path: CIRCUIT_PATHS[reader] };
}

function withPort(address: string, scheme: string): string {
  if (/:\d+$/.test(address) && !/^[^[]*:[^:]*:/.test(address)) return address;
  return `${address}:${scheme === 'https' ? 443 : 80}`;
}

function isPattern(value: unknown): value is { pattern: () => string } {
  return typeof value === 'object' && value !== null && 'pattern' in value && typeof value.pattern === 'function';
}
