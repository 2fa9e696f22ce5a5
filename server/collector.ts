import { hostname } from 'node:os';
import path from 'node:path';
import { createAdminServer } from './collect/admin-server.ts';
import { createNotifier } from './collect/notifier.ts';
import { toProcessHint } from './collect/process-hint.ts';
import { circuitKey } from './collect/reconcile.ts';
import { runCircuits } from './collect/run-circuits.ts';
import { runScraper } from './collect/run-scraper.ts';
import { runSpanMetrics } from './collect/span-metrics/run-span-metrics.ts';
import { createSelfMetrics } from './collect/self-metrics.ts';
import { createStoreDoor } from './collect/store-door.ts';
import { watchTargets } from './collect/watch-targets.ts';
import { MetricFamilies } from './decode/metric-families.ts';
import { StreamBook } from './decode/stream-book.ts';
import { readEnv } from './env.ts';
import { AppError } from './errors.ts';
import { createLog } from './log.ts';
import { readForwardFile } from './forward/read-forward-file.ts';
import { runForwarding } from './forward/run-forwarding.ts';
import { createGrpcServer } from './receive/grpc-server.ts';
import { InFlight, Turnstile } from './receive/in-flight.ts';
import { listen } from './receive/listen.ts';
import { createOtlpServer } from './receive/otlp-server.ts';
import type { ItemCounter } from './receive/item-counter.ts';
import { Budgets } from './receive/limits/budgets.ts';
import { limitsOf } from './receive/limits/limits-of.ts';
import { receiveLogs } from './receive/receive-logs.ts';
import { receiveMetrics } from './receive/receive-metrics.ts';
import { receiveTraces } from './receive/receive-traces.ts';
import type { Receiving } from './receive/receiving.ts';
import { remoteWriteDoor } from './receive/remote-write-door.ts';
import { Senders } from './receive/senders.ts';
import { createStore } from './store/client.ts';
import { readBreakerStates } from './store/queries/breaker-states.ts';
import { readLastCircuitStates } from './store/queries/last-circuit-states.ts';
import { startTracing } from './tracing/start-tracing.ts';
import { openWal } from './wal/open-wal.ts';

const STOP_MS = 5_000;
const REQUESTS_MS = 1_000;

const env = readEnv();
const log = createLog('collector', env.LOG_LEVEL);
startTracing('collector', env, { asked: 1 / 128, own: 1 / 128 });
try {
  const stop = await start();
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'collector stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
} catch (error) {
  log.fatal(error instanceof AppError ? error.message : { err: error }, 'the collector cannot start');
  process.exit(1);
}

/** Builds and starts all parts; returns what stops them. */
async function start(): Promise<() => Promise<void>> {
  const store = createStore({
    url: env.CLICKHOUSE_URL,
    database: env.CLICKHOUSE_DATABASE,
    cluster: env.CLICKHOUSE_CLUSTER,
    log,
  });
  const door = createStoreDoor(store);
  const ownWal = openWal({
    dir: path.join(env.DATA_DIR, 'wal'),
    log,
    insert: door.insert,
    onSynced: (table, seconds) => metrics.syncSeconds.observe({ table }, seconds),
    onInserted: (table, rows, seconds) => {
      metrics.insertSeconds.observe({ table }, seconds);
      metrics.insertedRows.inc({ table }, rows);
    },
    onFailed: (table, verdict) => metrics.insertFailures.inc({ table, verdict }),
  });
  const book = new StreamBook();
  const budgets = new Budgets(limitsOf(env));
  const metrics = createSelfMetrics(
    ownWal.usage,
    () => book.streams,
    budgets,
    () => forwarding.waitingBytes(),
  );
  const forwarding = runForwarding({
    destinations: readForwardFile(env, process.env),
    dir: path.join(env.DATA_DIR, 'forward'),
    bytesMax: env.FORWARD_MAX_BYTES,
    allowPrivate: env.FORWARD_PRIVATE_NETWORKS,
    log,
    onItems: (destination, signal, outcome, items) =>
      metrics.forwardedItems.inc({ destination, signal, outcome }, items),
  });
  const wal = forwarding.tap(ownWal);
  const notifier = createNotifier({ databaseUrl: env.DATABASE_URL, log });
  const circuits = runCircuits({
    wal,
    log,
    intervalMs: env.CIRCUIT_POLL_INTERVAL_MS,
    loadKnown: async () => {
      await door.open();
      // What an earlier run left may be newer than what the store has.
      if (wal.pending('circuit_transitions') > 0) throw new Error('transitions wait for the store');
      const states = await readLastCircuitStates(store);
      return new Map(states.map((state) => [circuitKey(state), { state: state.state, atMs: state.atMs }]));
    },
    insert: door.insert,
    readStates: async (atMs) => {
      await door.open();
      return readBreakerStates(store, atMs);
    },
    sendHint: notifier.send,
    onPolled: (job, outcome) => metrics.circuitPolls.inc({ job, outcome }),
  });
  const scraper = runScraper({
    wal,
    log,
    refuseSeries: (job, { idLo, idHi }, nowMs) => {
      const budget = budgets.of(job, nowMs);
      const reason = budget.refuseSeries(idLo, idHi, 1, nowMs, true);
      if (reason !== undefined) metrics.refusedItems.inc({ source: budget.name, signal: 'scrape', reason });
      return reason !== undefined;
    },
    onScraped: (job, outcome) => metrics.scrapes.inc({ job, outcome }),
  });

  const count: ItemCounter = (signal, accepted, admission) => {
    metrics.accepted.inc({ signal }, accepted);
    for (const [source, { byReason }] of admission.refused) {
      for (const [reason, items] of byReason) metrics.refusedItems.inc({ source, signal, reason }, items);
    }
  };
  const onAnswered = (signal: string, status: number | string, seconds: number, sender: string) => {
    metrics.requests.inc({ signal, status });
    if (status === 200 || status === 204 || status === 'OK') metrics.ackSeconds.observe({ signal }, seconds);
    else if (signal !== 'other')
      metrics.refusedRequests.inc({ source: budgets.of(sender, Date.now()).name, signal, status });
  };
  const spanMetrics = runSpanMetrics({
    wal,
    log,
    registry: metrics.registry,
    instance: `${hostname()}:${env.OTLP_HTTP_PORT}`,
  });
  const receiving: Receiving = { count, budgets, onSpans: spanMetrics.count, onKept: forwarding.onKept };
  const signals = [
    receiveTraces(wal, receiving),
    receiveMetrics(wal, receiving, book),
    receiveLogs(wal, receiving, {
      onTransitions: circuits.learn,
      onEvents: (events, stored) => {
        const hints = events.map(toProcessHint).filter((hint) => hint !== undefined);
        void stored.then((isStored) => isStored && hints.forEach(notifier.send));
      },
    }),
  ];
  const limits = {
    inFlight: new InFlight(env.INGEST_IN_FLIGHT_BYTES),
    turnstile: new Turnstile(),
    senders: new Senders(),
  };
  const otlp = createOtlpServer({
    signals,
    doors: [remoteWriteDoor(wal, receiving, { book, families: new MetricFamilies() })],
    log,
    onAnswered,
    ...limits,
  });
  const grpc = createGrpcServer({ signals, log, onAnswered, ...limits });
  let ready = true;
  const admin = createAdminServer(metrics.registry, () => ready);

  const { HOST: host } = env;
  const port = await listen(otlp, {
    host,
    port: env.OTLP_HTTP_PORT,
    variable: 'OTLP_HTTP_PORT',
    purpose: 'OTLP over HTTP',
  });
  const grpcPort = await grpc.listen({
    host,
    port: env.OTLP_GRPC_PORT,
    variable: 'OTLP_GRPC_PORT',
    purpose: 'OTLP over gRPC',
  });
  const adminPort = await listen(admin, {
    host,
    port: env.COLLECTOR_ADMIN_PORT,
    variable: 'COLLECTOR_ADMIN_PORT',
    purpose: 'its own metrics and health',
  });
  const targets = watchTargets({
    file: path.join(env.CONFIG_DIR, 'targets.yaml'),
    variables: process.env,
    intervalMsDefault: env.SCRAPE_INTERVAL_MS,
    log,
    onChange: (all) => {
      scraper.setTargets(all);
      circuits.setTargets(all);
    },
  });
  log.info({ port, adminPort, grpcPort, dataDir: env.DATA_DIR }, 'collector ready');

  return async () => {
    const deadline = performance.now() + STOP_MS;
    ready = false;
    targets.stop();
    const answered = new Promise<void>((resolve) => otlp.close(() => resolve()));
    otlp.closeIdleConnections();
    await Promise.all([
      scraper.stop(),
      circuits.stop(),
      grpc.stop(REQUESTS_MS),
      Promise.race([answered, pause(REQUESTS_MS)]),
    ]);
    otlp.closeAllConnections();
    await spanMetrics.stop();
    await wal.close(deadline - performance.now());
    await forwarding.stop();
    admin.close();
    admin.closeAllConnections();
    await Promise.all([notifier.stop(), store.close()]);
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
