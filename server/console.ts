import path from 'node:path';
import { LOCAL_OPERATOR } from './access/local-operator.ts';
import { createAlertmanagerApi } from './alertmanager/create-alertmanager-api.ts';
import { openConfig } from './config/open-config.ts';
import type { Ctx } from './context.ts';
import { createDb } from './db.ts';
import { createDeploysApi } from './deploys/create-deploys-api.ts';
import { runDrills } from './drills/run-drills.ts';
import { readEnv, type Env } from './env.ts';
import { AppError } from './errors.ts';
import { runGateways } from './gateway/run-gateways.ts';
import { createConsoleMetrics } from './http/console-metrics.ts';
import { createConsoleServer } from './http/console-server.ts';
import { listen } from './http/listen.ts';
import type { Pages, PagesOptions } from './http/pages.ts';
import { serveApi } from './http/serve-api.ts';
import { openWatchedDatabase } from './integrity/watched-database.ts';
import { startLiveHub } from './live/hub.ts';
import { runLoadTests } from './load-tests/run-load-tests.ts';
import { createLog, type Log } from './log.ts';
import { prepareStore } from './prepare-store.ts';
import { rulesEndpoints } from './promql/api/answer-rules.ts';
import { statusEndpoints } from './promql/api/answer-status.ts';
import { createPrometheusApi, RUNNING_MAX } from './promql/api/create-prometheus-api.ts';
import { createRegistryApi } from './registry/create-registry-api.ts';
import { createRegistryWaiters } from './registry/wait-for-change.ts';
import { runDuties } from './run-duties.ts';
import { createStore } from './store/client.ts';
import { readNewest } from './store/queries/newest-data.ts';
import { createTraceDownload } from './traces/create-trace-download.ts';
import { startTracing } from './tracing/start-tracing.ts';
import { createCallerFactory } from './trpc/init.ts';
import { appRouter } from './trpc/root.ts';

const ROOT = path.join(import.meta.dirname, '..');
const STOP_MS = 4_500;
const REQUESTS_MS = 1_000;
const now = () => new Date();

export interface Console {
  port: number;
  /** Resolves when pages are served; rejects when they cannot be. */
  ready: Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Builds and starts all parts. Neither database has to be there: pages are served at once and say what is missing, and each
 * part tries again by itself.
 */
export async function startConsole(
  env: Env,
  log: Log,
  openPages: (options: PagesOptions) => Promise<Pages>,
): Promise<Console> {
  const { DATABASE_URL: databaseUrl, HOST: host } = env;
  const isDevelopment = env.NODE_ENV === 'development';
  const db = createDb(databaseUrl, log);
  const store = createStore({
    url: env.CLICKHOUSE_URL,
    database: env.CLICKHOUSE_DATABASE,
    cluster: env.CLICKHOUSE_CLUSTER,
    log,
  });
  const config = openConfig(env, log);
  const watched = openWatchedDatabase({ adminUrl: databaseUrl, readerUrl: env.INTEGRITY_DATABASE_URL });
  const metrics = createConsoleMetrics({ db, isElected: () => duties.isElected(), dataDir: env.DATA_DIR });
  const registry = createRegistryWaiters(db);
  const duties = runDuties({
    databaseUrl,
    db,
    store,
    config,
    watched,
    log,
    now,
    ruleIntervalMs: env.RULE_INTERVAL_MS,
    onEvaluated: (rule, health, seconds) => {
      metrics.evaluationSeconds.observe({ rule }, seconds);
      if (health === 'error') metrics.evaluationFailures.inc({ rule });
    },
    onAttempted: (channel, outcome) => metrics.attempts.inc({ channel, outcome }),
    onRegistryChange: registry.wake,
  });
  const wake = (kind: string) => {
    if (kind === 'circuit' || kind === 'integrity' || kind === 'alert' || kind === 'retention') duties.wake(kind);
  };
  const live = startLiveHub({
    databaseUrl,
    log,
    now,
    readNewest: () => readNewest(store),
    onHint: wake,
    onListening: () => ['circuit', 'integrity'].forEach(wake),
  });
  const gateways = runGateways({ adminUrls: env.GATEWAY_ADMIN_URLS, db, log, now });
  const target = env.GATEWAY_URL ?? null;
  const loadTests = runLoadTests({ db, log, now, target });
  const drills = runDrills({ db, store, config, watched, log, now, target, faultUrls: env.FAULT_URLS });
  const preparing = prepareStore(store, log);

  let pages: Pages | null = null;
  let stopping = false;
  const context: Ctx = {
    db,
    store,
    live,
    config,
    watched,
    gateways,
    loadTests,
    drills,
    actor: LOCAL_OPERATOR,
    log,
    now,
  };
  const endpoints = {
    ...rulesEndpoints({ db, config, ruleIntervalMs: env.RULE_INTERVAL_MS }),
    ...statusEndpoints({ env, db, config, now, runningMax: RUNNING_MAX }),
  };
  const server = createConsoleServer({
    publicUrl: new URL(env.PUBLIC_URL),
    shareUrl: env.SHARE_URL ? new URL(env.SHARE_URL) : null,
    isDevelopment,
    pages: () => pages,
    api: serveApi(appRouter, context),
    programApis: [
      createPrometheusApi({ store, now, log, endpoints }),
      createAlertmanagerApi(context),
      createDeploysApi(context),
      createRegistryApi({ db, now, waiters: registry, onRegistered: () => duties.wake('registry') }),
      createTraceDownload(createCallerFactory(appRouter)(context).traces),
    ],
    metrics: metrics.registry,
    isStopping: () => stopping,
    log,
  });

  const stop = async () => {
    stopping = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    preparing.stop();
    registry.stop();
    // Ends the streams of events, which would keep their connections for ever.
    await live.stop();
    server.closeIdleConnections();
    await Promise.all([
      duties.stop(),
      gateways.stop(),
      loadTests.stop(),
      drills.stop(),
      Promise.race([closed, pause(REQUESTS_MS)]),
    ]);
    server.closeAllConnections();
    config.stop();
    await Promise.allSettled([pages?.close(), db.$disconnect(), store.close()]);
  };
  const stopInTime = () => Promise.race([stop(), pause(STOP_MS)]);

  const port = await listen(server, host, env.CONSOLE_PORT).catch(async (error: unknown) => {
    await stopInTime();
    throw error;
  });
  const ready = openPages({ dir: ROOT, isDevelopment, host, port }).then((opened) => {
    pages = opened;
  });
  return { port, ready, stop: stopInTime };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** Runs the console as this process, until a signal. */
async function run(): Promise<void> {
  const env = readEnv();
  const log = createLog('console', env.LOG_LEVEL);
  const stopTracing = startTracing('console', env, { asked: 1, own: 1 / 16 });
  const started = performance.now();
  const exitAfter = (work: Promise<void>) =>
    work.then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  try {
    // React picks its build by it, and the pages find their own API by the port (components/trpc/prefetched.tsx).
    Object.assign(process.env, {
      NODE_ENV: env.NODE_ENV,
      CONSOLE_PORT: String(env.CONSOLE_PORT),
      // Next would report to its makers: a control room calls nobody that it was not told to call.
      NEXT_TELEMETRY_DISABLED: '1',
      // Its spans of every fetch in this process are called by whole addresses, of which there is no end.
      NEXT_OTEL_FETCH_DISABLED: '1',
    });
    const { openPages } = await import('./http/pages.ts');
    const running = await startConsole(env, log, async (options) => {
      process.env.CONSOLE_PORT = String(options.port);
      return openPages(options);
    });
    let stopping = false;
    const onSignal = (signal: string) => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'console stopping');
      void exitAfter(running.stop().then(stopTracing));
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
    await running.ready;
    log.info({ port: running.port, ms: Math.round(performance.now() - started) }, 'console ready');
  } catch (error) {
    log.fatal(error instanceof AppError ? error.message : { err: error }, 'the console cannot start');
    process.exit(1);
  }
}

if (import.meta.main) await run();
