import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createAdminApp } from './admin-app.ts';
import { createApp } from './create-app.ts';
import { readServiceEnv, type ServiceEnv } from './env.ts';
import { createFaultSwitch, type FaultSwitch, NO_FAULTS } from './faults.ts';
import { flushTelemetry } from './flush-telemetry.ts';
import type { Dependency } from './health/dependency.ts';
import { addHealthRoutes } from './health-routes.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, measureConnections, type ServiceMetrics } from './metrics.ts';
import { serveDocument, type DocumentOptions } from './openapi/serve-document.ts';
import { announceInstance, type Announced } from './registry/announce-instance.ts';
import { openRegistry } from './registry/open-registry.ts';
import type { Registration } from './registry/registry.ts';
import { callBudgets } from './retry/call-budgets.ts';
import type { RetryBudget } from './retry/retry-budget.ts';
import { createRetryMetrics } from './retry/retry-metrics.ts';
import type { RpcMethod } from './rpc/rpc-method.ts';
import { rpcTarget } from './rpc/rpc-target.ts';
import { stopFollowing } from './service-instances.ts';
import { observeRequests } from './observe-requests.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { tellTelemetryFaults } from './tell-telemetry-faults.ts';
import { UNTRACED_PORTS } from './untraced.ts';

const HOST = '127.0.0.1';
/** Long enough for one probe of a balancer to see that readiness has failed. */
const UNREADY_MS = 150;
const DRAIN_MAX_MS = 2_500;
const TTL_S = 15;

export interface ServiceDefinition {
  name: string;
  /** The business: traced, measured, and what the faults switch breaks. */
  routes: (app: FastifyInstance, service: ServiceContext) => void | Promise<void>;
  /** Routes of the public port that faults leave alone and that are not measured, as health is. */
  controlRoutes?: (app: FastifyInstance, service: ServiceContext) => void | Promise<void>;
  /** What of the business can be asked over gRPC as well, when INTERNAL_RPC says so. */
  rpc?: (service: ServiceContext) => readonly RpcMethod[];
  adminRoutes?: (app: FastifyInstance, service: ServiceContext) => void | Promise<void>;
  /** What belongs into the service's document beside its own routes. */
  completeDocument?: DocumentOptions['complete'];
  /** What a path of the public port is served as. */
  rewriteUrl?: (url: string) => string;
  /** Of calls that are not made by `callService`. */
  retryBudgets?: () => Iterable<RetryBudget>;
  /** Null when requests may come, else why not. */
  whyNotReady?: () => Promise<string | null>;
  /** Null when all is well, else what is away that the service goes on without: health says so and stays 200. */
  whyDegraded?: () => string | null;
  /** What health looks after, with how long each took to answer. */
  dependencies?: readonly Dependency[];
  /** Once both ports listen. */
  onStart?: (service: ServiceContext) => void | Promise<void>;
  /** When the last request is answered: close what `onStart` or the caller opened. */
  onStop?: () => void | Promise<void>;
}

export interface ServiceContext {
  env: ServiceEnv;
  log: Log;
  metrics: ServiceMetrics;
  faults: FaultSwitch;
}

export interface RunningService extends ServiceContext {
  url: string;
  adminUrl: string;
  /** Readiness fails first, requests in flight are answered, telemetry is sent; under 5 s. */
  stop: () => Promise<void>;
}

export interface StartOptions {
  env?: ServiceEnv;
  log?: Log;
  /** False in tests: the process is not the service's own to end. */
  ownsProcess?: boolean;
}

/** Starts a service on its two loopback ports; `stop`, SIGTERM and the death of the parent process end it. */
export async function startService(definition: ServiceDefinition, options: StartOptions = {}): Promise<RunningService> {
  const env = options.env ?? readServiceEnv();
  const log = options.log ?? createLog(definition.name, env.LOG_LEVEL);
  const service: ServiceContext = { env, log, metrics: createMetrics(), faults: createFaultSwitch() };
  for (const metric of createRetryMetrics(definition.retryBudgets ?? callBudgets))
    service.metrics.registry.registerMetric(metric);
  let stopping: Promise<void> | null = null;

  const showsStack = env.NODE_ENV === 'development';
  const app = createApp(log, { showsStack, rewriteUrl: definition.rewriteUrl });
  const whyNotReady = async () => (stopping ? 'stopping' : ((await definition.whyNotReady?.()) ?? null));
  serveDocument(app, { name: definition.name, version: env.SERVICE_VERSION, complete: definition.completeDocument });
  const { name, whyDegraded, dependencies } = definition;
  const health = { service: name, startedAtMs: Date.now(), whyNotReady, whyDegraded, dependencies };
  addHealthRoutes(app, health, service.metrics.registry);
  measureConnections(app.server, service.metrics.registry);
  await definition.controlRoutes?.(app, service);
  await app.register(async (business) => {
    observeRequests(business, service);
    business.addHook('onRequest', async (_, reply) => {
      // A signal that is aborted costs 11 µs, and each is at the end of its request.
      if (service.faults.read() !== NO_FAULTS) await service.faults.pass(goneSignal(reply.raw));
    });
    await definition.routes(business, service);
  });

  const admin = createAdminApp(log, service.faults, () => process.exit(1));
  await definition.adminRoutes?.(admin, service);

  const adminUrl = await listen(admin, definition.name, env.ADMIN_PORT, 'ADMIN_PORT');
  UNTRACED_PORTS.add((admin.server.address() as AddressInfo).port);
  const url = await listen(app, definition.name, env.PORT, 'PORT');

  const grpc = env.INTERNAL_RPC === 'grpc' ? await openGrpc(url, definition.rpc?.(service) ?? [], service) : null;

  let announced: Announced | undefined;
  const stop = async () => {
    log.info('stopping');
    await announced?.leave();
    await new Promise((resolve) => setTimeout(resolve, UNREADY_MS));
    await Promise.all([drain([app, admin]), grpc?.stop(DRAIN_MAX_MS)]);
    await definition.onStop?.();
    stopFollowing();
    grpc?.closeClients();
    await flushTelemetry();
  };
  const stopOnce = () => (stopping ??= stop());
  if (options.ownsProcess !== false) {
    stopOnSignals(log, stopOnce);
    tellTelemetryFaults(log);
  }
  await definition.onStart?.(service);
  const registry = openRegistry(env);
  if (registry && !stopping)
    announced = announceInstance(registry, registrationOf(definition.name, env, { url, adminUrl }), log);
  log.info({ url, adminUrl }, `${definition.name} listens at ${url}`);
  return { ...service, url, adminUrl, stop: stopOnce };
}

/** Beside HTTP, on the port that callers know from it. */
async function openGrpc(url: string, methods: readonly RpcMethod[], service: ServiceContext) {
  // Loaded only where it is wanted: it is a few megabytes.
  const [{ serveGrpc }, { closeGrpcClients }] = await Promise.all([
    import('./rpc/serve-grpc.ts'),
    import('./rpc/send-grpc.ts'),
  ]);
  const server = methods.length > 0 ? await serveGrpc(rpcTarget(url), methods, service) : null;
  return { stop: (withinMs: number) => server?.stop(withinMs), closeClients: closeGrpcClients };
}

function registrationOf(service: string, env: ServiceEnv, at: { url: string; adminUrl: string }): Registration {
  return {
    service,
    instance: env.SERVICE_INSTANCE_ID ?? `${service}-${process.pid}`,
    address: at.url,
    adminAddress: at.adminUrl,
    version: env.SERVICE_VERSION,
    healthPath: '/readyz',
    ttlSeconds: TTL_S,
  };
}

async function listen(app: FastifyInstance, name: string, port: number, variable: string): Promise<string> {
  try {
    return await app.listen({ host: HOST, port });
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EADDRINUSE') throw cause;
    const moved = variable === 'PORT' ? `${name.toUpperCase()}_PORT` : `${name.toUpperCase()}_ADMIN_PORT`;
    throw new Error(
      `Port ${port} is taken, and ${name} is to listen there. Free it, or choose another by ${variable} (${moved} under npm start).`,
      { cause },
    );
  }
}

/** A connection that is held open by a hanging request does not hold up the end. */
async function drain(apps: FastifyInstance[]): Promise<void> {
  const timer = setTimeout(() => apps.forEach((app) => app.server.closeAllConnections()), DRAIN_MAX_MS);
  await Promise.all(apps.map((app) => app.close()));
  clearTimeout(timer);
}

/** Of the answer, not of its connection: one connection carries many requests, and would gather a listener from each. */
function goneSignal(answer: NodeJS.EventEmitter): AbortSignal {
  const gone = new AbortController();
  answer.once('close', () => gone.abort());
  return gone.signal;
}
