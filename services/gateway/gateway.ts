import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metric } from 'prom-client';
import { Pool } from 'undici';
import { Balancer, type Ejection } from '#services/kit/balance/balancer.ts';
import type { Instance } from '#services/kit/registry/registry.ts';
import { RetryBudget } from '#services/kit/retry/retry-budget.ts';
import { createIdentify } from './access/identify.ts';
import type { AccessRule } from './access/rules.ts';
import { createInstanceMetrics, type InstanceMetrics } from './balance/instance-metrics.ts';
import { registerBff } from './bff/register-bff.ts';
import { Breaker, type Transition } from './breaker/breaker.ts';
import { createBreakerMetrics } from './breaker/breaker-metrics.ts';
import { createShadowMetrics } from './breaker/shadow-metrics.ts';
import { createShadows, type Shadows } from './breaker/shadows.ts';
import { Bulkhead } from './bulkhead/bulkhead.ts';
import { createBulkheadMetrics } from './bulkhead/bulkhead-metrics.ts';
import { createCache, type GatewayCache } from './cache/cache.ts';
import { checkUpstreams } from './check-upstreams.ts';
import { breakerSettings, limitsOf, type GatewayEnv } from './env.ts';
import { addGatewayHealthRoutes } from './health-routes.ts';
import { createLimitMetrics, type LimitMetrics } from './limits/limit-metrics.ts';
import { createLimitTable, type LimitTable } from './limits/limit-table.ts';
import { createLimiter, type Limiter, type ReadTiers } from './limits/limiter.ts';
import { createLoginLimit } from './limits/login-limit.ts';
import { registerLimits } from './limits/register-limits.ts';
import { proxyRequest, type ProxyContext } from './proxy/proxy-request.ts';
import { createRetryPolicy } from './proxy/retry-policy.ts';
import { createRouteTable, type RouteTable } from './proxy/route-table.ts';
import { UPSTREAMS, type Upstream } from './proxy/routes.ts';
import type { ProxyTarget } from './proxy/send-call.ts';
import { shareFor } from './share-for.ts';

export interface GatewayOptions {
  env: GatewayEnv;
  /** Where the services are until there is news of them. */
  instances: Readonly<Record<Upstream, readonly Instance[]>>;
  /** By which tokens are signed. */
  jwtSecret: string;
  accessRules: readonly AccessRule[];
  onTransition: (transition: Transition) => void;
  onShadowTransition?: ((transition: Transition) => void) | undefined;
  onEjection?: (ejection: Ejection) => void;
  /** This process's own counters unless told. */
  openLimiter?: (readTiers: ReadTiers) => Limiter;
  /** Has other gateways drop what they keep of a path and below it. */
  tellDrop?: ((path: string) => void) | undefined;
  now?: () => number;
}

export interface Gateway {
  readonly breakers: ReadonlyMap<Upstream, Breaker>;
  readonly shadows: Shadows;
  readonly instances: ReadonlyMap<Upstream, Balancer<Pool>>;
  readonly limits: LimitTable;
  readonly routes: RouteTable;
  readonly cache: GatewayCache;
  readonly metrics: readonly Metric[];
  readonly retryBudgets: readonly RetryBudget[];
  /** Health of what is behind the gateway. */
  registerHealth(app: FastifyInstance): void;
  /** The business: everything else under /api. */
  registerProxy(app: FastifyInstance): void;
  close(): Promise<void>;
}

const PASSED_ON = { undocumented: 'The service that answers tells of it.' };
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Shorter than what a prober grants us. */
const HEALTH_TIMEOUT_MS = 800;
/** However many ask for our health, the services are asked once in this time. */
const HEALTH_FRESH_MS = 1000;

/** The gateway without its server: pools, breakers and limits, and the routes that use them. */
export function createGateway(options: GatewayOptions): Gateway {
  const breakers = new Map<Upstream, Breaker>();
  const { env, now, onTransition, onShadowTransition, openLimiter = createLimiter } = options;
  const instance = env.SERVICE_INSTANCE_ID;
  const metrics = createBreakerMetrics({ breakers: () => breakers.values(), names: UPSTREAMS, instance });
  const shadows = createShadows({ now, onTransition: onShadowTransition });
  const services = new Map<Upstream, ProxyTarget>();
  const balancers = new Map<Upstream, Balancer<Pool>>();
  const instanceMetrics = createInstanceMetrics(() => balancers.values());
  for (const name of UPSTREAMS) {
    const breaker = new Breaker({
      name,
      settings: breakerSettings(env),
      now,
      onTransition,
      onCall: metrics.countCall,
    });
    breakers.set(name, breaker);
    const balancer = createBalancer(name, options, instanceMetrics);
    balancers.set(name, balancer);
    services.set(name, createTarget({ name, breaker, balancer, shadows }, options));
  }
  const limits = createLimitTable(limitsOf(env));
  const limitMetrics = createLimitMetrics([...limits.inForce.tiers, limits.inForce.login]);
  const routes = createRouteTable();
  const cache = createCache({
    bytesMax: env.GATEWAY_CACHE_BYTES_MAX,
    entryBytesMax: env.GATEWAY_CACHE_ENTRY_BYTES_MAX,
    httpRoutes: routes.routes.filter(({ cacheTtlMs }) => cacheTtlMs > 0).map(({ httpRoute }) => httpRoute),
    now: now ?? Date.now,
    tellOthers: options.tellDrop ?? (() => {}),
  });
  const proxy: ProxyContext = {
    routes,
    access: { rules: options.accessRules, identify: createIdentify(options.jwtSecret) },
    services,
    loginLimit: createLoginLimit(limits, openLimiter, limitMetrics.countRefusal),
    bodyLimits: { bytesMax: env.GATEWAY_BODY_BYTES_MAX, uploadTimeoutMs: env.GATEWAY_UPLOAD_TIMEOUT_MS },
    cache,
  };
  const readHealth = shareFor(HEALTH_FRESH_MS, () => checkUpstreams([...services.values()], HEALTH_TIMEOUT_MS));
  return {
    breakers,
    shadows,
    instances: balancers,
    limits,
    routes,
    cache,
    retryBudgets: Array.from(services.values(), ({ retryBudget }) => retryBudget),
    metrics: [
      ...metrics.all,
      ...createShadowMetrics(shadows, instance),
      ...instanceMetrics.all,
      limitMetrics.refusals,
      ...cache.metrics,
      ...createBulkheadMetrics(() => Array.from(services.values(), ({ bulkhead }) => bulkhead)),
    ],
    registerHealth: (app) => addGatewayHealthRoutes(app, { instance, breakers, readHealth }),
    registerProxy: (app) =>
      registerProxy(app, proxy, { limiter: openLimiter(() => limits.inForce.tiers), limitMetrics }),
    async close() {
      const pools = [...balancers.values()].flatMap(({ members }) => members.map(({ door }) => door));
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

function createBalancer(
  service: Upstream,
  { env, instances, now, onEjection }: GatewayOptions,
  metrics: InstanceMetrics,
): Balancer<Pool> {
  const options = {
    service,
    now,
    open: ({ address }: Instance) =>
      new Pool(address, {
        connections: env.UPSTREAM_CONNECTIONS_MAX,
        pipelining: 1,
        allowH2: false,
        connect: { timeout: env.UPSTREAM_CONNECT_TIMEOUT_MS },
      }),
    // What is under way is answered first.
    close: (pool: Pool) => void pool.close(),
    onOutcome: metrics.countCall,
    onEjection(ejection: Ejection) {
      metrics.countEjection(ejection);
      onEjection?.(ejection);
    },
  };
  return new Balancer(options, instances[service]);
}

interface Guarded {
  name: Upstream;
  breaker: Breaker;
  balancer: Balancer<Pool>;
  shadows: Shadows;
}

function createTarget({ name, breaker, balancer, shadows }: Guarded, { env, now }: GatewayOptions): ProxyTarget {
  return {
    name,
    instances: balancer,
    breaker,
    bulkhead: new Bulkhead(name, { callsMax: env.BULKHEAD_CALLS_MAX, waitingMax: env.BULKHEAD_WAITING_MAX }),
    // Begun and ended while calls are under way.
    get shadow() {
      return shadows.get(name);
    },
    retry: createRetryPolicy(breaker),
    retryBudget: new RetryBudget(name, now),
    // Tuned with the breaker while calls are under way.
    get answerTimeoutMs() {
      return breaker.settings.answerTimeoutMs ?? env.UPSTREAM_ANSWER_TIMEOUT_MS;
    },
    bodyTimeoutMs: env.UPSTREAM_BODY_TIMEOUT_MS,
  };
}

function registerProxy(
  scope: FastifyInstance,
  proxy: ProxyContext,
  { limiter, limitMetrics }: { limiter: Limiter; limitMetrics: LimitMetrics },
): void {
  registerLimits(scope, limiter, limitMetrics.countRefusal);
  // Bodies pass as they are: the services know their own types.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  registerBff(scope, proxy);
  const handler = (request: FastifyRequest, reply: FastifyReply) => proxyRequest(proxy, request, reply);
  for (const { segment, httpRoute } of proxy.routes.routes) {
    for (const url of [`/api/${segment}`, httpRoute]) {
      scope.route({ method: METHODS, url, handler, config: PASSED_ON });
    }
  }
  // Paths of no service are measured and limited like the others.
  scope.route({ method: METHODS, url: '/api/*', handler, config: PASSED_ON });
}
