import path from 'node:path';
import { z } from 'zod';
import { FLEET, variablePrefix } from '#config/fleet.ts';
import { isLoopback } from '#server/http/is-loopback.ts';
import { SECRET_PREFIXES } from '#server/notify/channels/secret.ts';
import { postgresUrl, readPostgresPassword } from '#server/postgres/password.ts';
import { IN_FLIGHT_BYTES_MAX } from '#server/receive/in-flight.ts';
import { DEFAULT_LIMITS } from '#server/receive/limits/budgets.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const httpUrl = z.url({ protocol: /^https?$/ });
const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

const EnvSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  /** By NODE_ENV when unset: `debug` in development, else `info`. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(),
  DATA_DIR: z.string().default('data'),
  CONFIG_DIR: z.string().default('config'),

  HOST: z.string().default('127.0.0.1'),
  CONSOLE_PORT: port(3000),
  OTLP_GRPC_PORT: port(4317),
  OTLP_HTTP_PORT: port(4318),
  COLLECTOR_ADMIN_PORT: port(4319),
  ENGINE_PORT: port(8123),
  POSTGRES_PORT: port(5433),
  GATEWAY_PORT: port(4000),
  GATEWAY_ADMIN_PORT: port(4100),
  /** Admin ports of the gateways that take orders, by commas; the shipped one when unset. */
  GATEWAY_ADMIN_URLS: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim().replace(/\/$/, '')))
    .pipe(z.array(httpUrl))
    .optional(),
  /** Where load tests and drills send their shoppers; the shipped gateway when unset. */
  GATEWAY_URL: httpUrl.optional(),
  /** False when the shipped fleet was not started. */
  SWITCHYARD_FLEET: z.stringbool().default(true),

  DATABASE_URL: z.string().optional(),
  INTEGRITY_DATABASE_URL: z.string().optional(),
  CLICKHOUSE_URL: httpUrl.optional(),
  CLICKHOUSE_DATABASE: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .default('switchyard'),
  CLICKHOUSE_CLUSTER: z.string().regex(/^\w+$/).optional(),
  ENGINE_MEMORY_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(2 * 1024 ** 3),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  /** `otlp`: our own processes send their spans there too. `npm start` says so. */
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('none'),

  INGEST_MAX_SOURCES: count(DEFAULT_LIMITS.sources),
  INGEST_MAX_SERIES: count(DEFAULT_LIMITS.series),
  INGEST_MAX_SERIES_PER_SOURCE: count(DEFAULT_LIMITS.seriesPerSource),
  INGEST_MAX_SERIES_PER_JOB: count(DEFAULT_LIMITS.seriesPerJob),
  INGEST_MAX_LABELS_PER_SERIES: count(DEFAULT_LIMITS.labelsPerSeries),
  INGEST_MAX_LABEL_VALUE_BYTES: count(DEFAULT_LIMITS.labelValueBytes),
  INGEST_MAX_ATTRIBUTES_PER_RECORD: count(DEFAULT_LIMITS.attributesPerRecord),
  INGEST_MAX_ATTRIBUTE_VALUE_BYTES: count(DEFAULT_LIMITS.attributeValueBytes),
  INGEST_MAX_ATTRIBUTE_KEYS_PER_SOURCE: count(DEFAULT_LIMITS.attributeKeysPerSource),
  INGEST_IN_FLIGHT_BYTES: z.coerce
    .number()
    .int()
    .min(1024 ** 2)
    .default(IN_FLIGHT_BYTES_MAX),

  FORWARD_OTLP_URL: httpUrl.optional(),
  FORWARD_REMOTE_WRITE_URL: httpUrl.optional(),
  /** What may wait on the disk, for each destination. */
  FORWARD_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1024 ** 2)
    .default(256 * 1024 ** 2),
  FORWARD_PRIVATE_NETWORKS: z.stringbool().default(false),

  /** Where people reach the console: the base of every link in a notification. */
  PUBLIC_URL: httpUrl.optional(),
  /** Where a proxy publishes shared pages, and no other: a host of its own. */
  SHARE_URL: httpUrl.optional(),
  SLACK_WEBHOOK_URL: httpUrl.optional(),
  SCRAPE_INTERVAL_MS: z.coerce.number().int().min(100).default(5_000),
  CIRCUIT_POLL_INTERVAL_MS: z.coerce.number().int().min(100).default(5_000),
  RULE_INTERVAL_MS: z.coerce.number().int().min(100).default(5_000),
});

type Parsed = z.infer<typeof EnvSchema>;

export interface Env extends Parsed {
  LOG_LEVEL: NonNullable<Parsed['LOG_LEVEL']>;
  DATABASE_URL: string;
  CLICKHOUSE_URL: string;
  OTEL_EXPORTER_OTLP_ENDPOINT: string;
  PUBLIC_URL: string;
  GATEWAY_ADMIN_URLS: string[];
  /** Admin ports of the instances of the shipped services, where drills put faults in and take them out; none without the fleet. */
  FAULT_URLS: Readonly<Record<string, readonly string[]>>;
  /** The variables that config/channels.yaml may name. */
  CHANNEL_SECRETS: Readonly<Record<string, string>>;
}

/** Parses the environment once; throws one error that names every faulty variable and what was expected of it. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = EnvSchema.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable:\n${faults.join('\n')}`);
  }
  const env = result.data;
  refuseBeyondLoopback(env.HOST);
  const dataDir = path.resolve(env.DATA_DIR);
  const publicUrl = env.PUBLIC_URL ?? `http://127.0.0.1:${env.CONSOLE_PORT}`;
  refuseSharedHost(env.SHARE_URL, publicUrl);
  return {
    ...env,
    LOG_LEVEL: env.LOG_LEVEL ?? (env.NODE_ENV === 'development' ? 'debug' : 'info'),
    DATA_DIR: dataDir,
    CONFIG_DIR: path.resolve(env.CONFIG_DIR),
    DATABASE_URL: env.DATABASE_URL ?? postgresUrl(readPostgresPassword(dataDir) ?? '', env.POSTGRES_PORT, 'switchyard'),
    CLICKHOUSE_URL: env.CLICKHOUSE_URL ?? `http://127.0.0.1:${env.ENGINE_PORT}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? `http://127.0.0.1:${env.OTLP_HTTP_PORT}`,
    GATEWAY_ADMIN_URLS:
      env.GATEWAY_ADMIN_URLS ?? (env.SWITCHYARD_FLEET ? [`http://127.0.0.1:${env.GATEWAY_ADMIN_PORT}`] : []),
    GATEWAY_URL: env.GATEWAY_URL ?? (env.SWITCHYARD_FLEET ? `http://127.0.0.1:${env.GATEWAY_PORT}` : undefined),
    FAULT_URLS: env.SWITCHYARD_FLEET ? faultUrls(given) : {},
    PUBLIC_URL: publicUrl,
    CHANNEL_SECRETS: channelSecrets(given),
  };
}

/** Under a host that operators use too, the console could not tell who is meant to see shared pages only. */
function refuseSharedHost(shareUrl: string | undefined, publicUrl: string): void {
  if (!shareUrl) return;
  const { host } = new URL(shareUrl);
  if (host !== new URL(publicUrl).host && !isLoopback(host)) return;
  throw new Error(
    `SHARE_URL=${shareUrl} is a host under which the console answers operators. Give shared pages a host of their own.`,
  );
}

function faultUrls(given: Record<string, string | undefined>): Record<string, string[]> {
  const urlOf = ({ name, adminPort }: (typeof FLEET)[number]) =>
    `http://127.0.0.1:${given[`${variablePrefix(name)}_ADMIN_PORT`] ?? adminPort}`;
  const urlsOf = (service: string) => FLEET.filter((member) => member.service === service).map(urlOf);
  return Object.fromEntries(FLEET.map(({ service }) => [service, urlsOf(service)]));
}

function channelSecrets(given: Record<string, string | undefined>): Record<string, string> {
  const secrets = Object.entries(given).filter(([name]) => SECRET_PREFIXES.some((prefix) => name.startsWith(prefix)));
  return Object.fromEntries(secrets.map(([name, value]) => [name, value ?? '']));
}

/** There is no login yet, so whoever can connect may operate breakers: only this machine may connect. */
function refuseBeyondLoopback(host: string): void {
  if (host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)) return;
  throw new Error(
    `HOST=${host} would open Switchyard to the network, and it has no login yet. Leave HOST unset (127.0.0.1) and put an authenticating proxy in front.`,
  );
}
