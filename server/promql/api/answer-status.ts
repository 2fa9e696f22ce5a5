import { readFileSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import path from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { parseDocument, stringify } from 'yaml';
import type { Config } from '#server/config/open-config.ts';
import type { Db } from '#server/db.ts';
import type { Env } from '#server/env.ts';
import { readRetention } from '#server/retention/read-retention.ts';
import { formatDuration } from '#server/rules/parse-duration.ts';
import { LIMITS_DEFAULT, LOOKBACK_MS } from '../query.ts';
import { answerTargets, type ScrapeSettings } from './answer-targets.ts';
import { answerTsdb } from './answer-tsdb.ts';
import type { EndpointTable } from './endpoint.ts';

type StatusEnv = Pick<
  Env,
  'CONFIG_DIR' | 'DATA_DIR' | 'HOST' | 'CONSOLE_PORT' | 'PUBLIC_URL' | 'SCRAPE_INTERVAL_MS' | 'RULE_INTERVAL_MS'
>;

export interface StatusContext {
  env: StatusEnv;
  db: Db;
  config: Pick<Config, 'rules'>;
  now: () => Date;
  runningMax: number;
}

/** `/api/v1/targets` and `/api/v1/status/*` other than buildinfo: Switchyard's own settings under the names that Prometheus has for them. */
export function statusEndpoints({ env, db, config, now, runningMax }: StatusContext): EndpointTable {
  const startedAt = now();
  const targetsFile = path.join(env.CONFIG_DIR, 'targets.yaml');
  const keptFor = async () => `${(await readRetention(db)).metrics}d`;
  const settings = () => readSettings(targetsFile, env);
  return {
    targets: { endpoint: answerTargets(settings), post: false },
    'status/tsdb': { endpoint: answerTsdb, post: false },
    'status/config': { endpoint: () => ({ data: { yaml: describeConfig(env, settings()) } }), post: false },
    'status/flags': { endpoint: async () => ({ data: describeFlags(env, runningMax, await keptFor()) }), post: false },
    'status/runtimeinfo': {
      endpoint: async () => ({
        data: {
          startTime: startedAt.toISOString(),
          CWD: process.cwd(),
          hostname: hostname(),
          serverTime: now().toISOString(),
          reloadConfigSuccess: config.rules.errors().length === 0,
          lastConfigTime: startedAt.toISOString(),
          corruptionCount: 0,
          // What a process of Node has for these.
          goroutineCount: process.getActiveResourcesInfo().length,
          GOMAXPROCS: availableParallelism(),
          GOMEMLIMIT: getHeapStatistics().heap_size_limit,
          GOGC: '',
          GODEBUG: '',
          storageRetention: await keptFor(),
        },
      }),
      post: false,
    },
  };
}

/** Without what a job says of passwords and tokens: of secrets nothing leaves this process. */
function describeConfig(env: StatusEnv, settings: ScrapeSettings): string {
  return stringify({
    global: {
      scrape_interval: formatDuration(env.SCRAPE_INTERVAL_MS),
      evaluation_interval: formatDuration(env.RULE_INTERVAL_MS),
    },
    rule_files: [path.join(env.CONFIG_DIR, 'rules', '*.yaml')],
    scrape_configs: [...settings].map(([job, { scheme, metricsPath, interval, timeout }]) => ({
      job_name: job,
      ...(interval === '' ? {} : { scrape_interval: interval }),
      ...(timeout === '' ? {} : { scrape_timeout: timeout }),
      metrics_path: metricsPath,
      scheme,
    })),
  });
}

function describeFlags(env: StatusEnv, runningMax: number, keptFor: string): Record<string, string> {
  return {
    'config.file': env.CONFIG_DIR,
    'query.lookback-delta': formatDuration(LOOKBACK_MS),
    'query.max-concurrency': String(runningMax),
    'query.max-samples': String(LIMITS_DEFAULT.samplesMax),
    'query.timeout': formatDuration(LIMITS_DEFAULT.timeoutMs),
    'storage.tsdb.path': env.DATA_DIR,
    'storage.tsdb.retention.time': keptFor,
    'web.external-url': env.PUBLIC_URL,
    'web.listen-address': `${env.HOST}:${env.CONSOLE_PORT}`,
  };
}

/** The file is the collector's, which judges it; what cannot be read here is not known. */
function readSettings(file: string, env: StatusEnv): ScrapeSettings {
  try {
    const content = parseDocument(readFileSync(file, 'utf8')).toJS() as { scrape_configs?: unknown; jobs?: unknown };
    const jobs = content.scrape_configs ?? content.jobs;
    return new Map(Array.isArray(jobs) ? jobs.map((job: Record<string, unknown>) => toSettings(job, env)) : []);
  } catch {
    return new Map();
  }
}

function toSettings(
  job: Record<string, unknown>,
  env: StatusEnv,
): [string, ScrapeSettings extends ReadonlyMap<string, infer One> ? One : never] {
  const text = (name: string, fallback: string) => (typeof job[name] === 'string' ? job[name] : fallback);
  const interval = text('scrape_interval', formatDuration(env.SCRAPE_INTERVAL_MS));
  return [
    text('job_name', text('name', '')),
    {
      scheme: text('scheme', 'http'),
      metricsPath: text('metrics_path', '/metrics'),
      interval,
      timeout: text('scrape_timeout', interval),
    },
  ];
}
