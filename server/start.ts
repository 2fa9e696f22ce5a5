import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readEnv, type Env } from '#server/env.ts';
import { createDatabase } from '#server/postgres/create-database.ts';
import { preparePostgres } from '#server/postgres/prepare.ts';
import { checkPorts } from '#server/supervise/check-ports.ts';
import { fleetProcesses, postgresProcess, ROOT, switchyardProcesses } from '#server/supervise/list-processes.ts';
import { lockDataDir } from '#server/supervise/lock.ts';
import { createScreen, formatSeconds, type Screen } from '#server/supervise/screen.ts';
import { readOrCreateJwtSecret } from '#server/supervise/secrets.ts';
import { stopLeftoverPostgres } from '#server/supervise/stop-leftover-postgres.ts';
import { createSupervisor, type Supervisor } from '#server/supervise/supervisor.ts';
import { runOnce } from '#server/supervise/run-once.ts';

setMaxListeners(0);
await start(createScreen(process.stdout)).catch((error: unknown) => {
  createScreen(process.stderr).fail(error instanceof Error ? error.message : String(error));
  process.exit(1);
});

async function start(screen: Screen): Promise<void> {
  const startedAtMs = Date.now();
  const { values: flags } = parseArgs({
    options: {
      fleet: { type: 'boolean', default: true },
      traffic: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const env = readEnv();
  const unlock = lockDataDir(env.DATA_DIR);
  process.once('exit', unlock);
  const ownPostgres = !process.env.DATABASE_URL;
  const ownEngine = !process.env.CLICKHOUSE_URL;
  if (ownPostgres && (await stopLeftoverPostgres(env.DATA_DIR)))
    screen.warn('stopped a PostgreSQL left over from a killed run');

  const postgres = ownPostgres ? await preparePostgres(env.DATA_DIR, env.POSTGRES_PORT) : null;
  const databaseUrl = postgres ? withDatabase(postgres.url, 'switchyard') : env.DATABASE_URL;
  const shared = {
    ...sharedEnvironment(env, databaseUrl),
    // Targets that are switched off are not down: config/targets.yaml leaves them out.
    SWITCHYARD_FLEET: String(flags.fleet),
    SWITCHYARD_TRAFFIC: String(flags.fleet && flags.traffic),
  };
  const { engine, collector, console } = switchyardProcesses(env, shared, ownEngine);
  const fleet = flags.fleet
    ? fleetProcesses(env, shared).filter(({ name }) => flags.traffic || name !== 'traffic')
    : [];
  const postgresSpec = postgres ? postgresProcess(postgres, env.POSTGRES_PORT, () => canOpen(postgres.url)) : null;
  const specs = [postgresSpec, engine, collector, console, ...fleet].filter((spec) => spec !== null);
  await checkPorts(specs, env.HOST);

  const supervisor = createSupervisor({
    logDir: path.join(env.DATA_DIR, 'logs'),
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    screen,
  });
  stopOnSignals(supervisor, screen);

  screen.line('\nStarting');
  if (postgresSpec) await supervisor.start(postgresSpec).ready;
  const others = [engine, collector].filter((spec) => spec !== null).map((spec) => supervisor.start(spec).ready);
  await runOnce('server/migrate.ts', shared, ROOT);
  const rest = [console, ...fleet].map((spec) => supervisor.start(spec).ready);
  await Promise.all([...others, ...rest]);

  screen.line(`\nSwitchyard is up after ${formatSeconds(Date.now() - startedAtMs)}.`);
  screen.line(`\n  Console   ${env.PUBLIC_URL}`);
  if (fleet.length > 0) screen.line(`  Gateway   http://${env.HOST}:${env.GATEWAY_PORT}`);
  screen.line(`  OTLP      http://${env.HOST}:${env.OTLP_HTTP_PORT} (gRPC: ${env.OTLP_GRPC_PORT})`);
  screen.line(`  Logs      ${path.relative(process.cwd(), path.join(env.DATA_DIR, 'logs'))}/<process>.log`);
  if (!env.SLACK_WEBHOOK_URL) screen.line('\n  Alerts stay in the console until you set SLACK_WEBHOOK_URL.');
  screen.line('\nCtrl-C stops everything.\n');
}

function sharedEnvironment(env: Env, databaseUrl: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: process.env.NODE_ENV ?? 'production',
    NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules/.cache/compile'),
    DATA_DIR: env.DATA_DIR,
    CONFIG_DIR: env.CONFIG_DIR,
    DATABASE_URL: databaseUrl,
    CLICKHOUSE_URL: env.CLICKHOUSE_URL,
    OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    PUBLIC_URL: env.PUBLIC_URL,
    JWT_SECRET: process.env.JWT_SECRET ?? readOrCreateJwtSecret(env.DATA_DIR),
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function canOpen(adminUrl: string): Promise<boolean> {
  try {
    await createDatabase(adminUrl, 'switchyard', 0);
    return true;
  } catch {
    return false;
  }
}

function stopOnSignals(supervisor: Supervisor, screen: Screen): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    const stoppedAtMs = Date.now();
    screen.line('\nStopping');
    await supervisor.stop();
    screen.line(`Stopped after ${formatSeconds(Date.now() - stoppedAtMs)}. Everything is kept in the data folder.`);
    process.exit(signal === 'SIGINT' ? 130 : 0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
}
