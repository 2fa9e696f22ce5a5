import type { z } from 'zod';
import { serviceDependency } from '#services/kit/health/dependency.ts';
import { followService, type Following } from '#services/kit/registry/follow-service.ts';
import { openRegistry } from '#services/kit/registry/open-registry.ts';
import type { Instance, Registry } from '#services/kit/registry/registry.ts';
import { logEjections } from '#services/kit/service-instances.ts';
import { staticInstances } from '#services/kit/service-url.ts';
import { startService, type RunningService, type StartOptions } from '#services/kit/start-service.ts';
import { createLog, type Log } from '#services/kit/log.ts';
import { readServiceEnv, required } from '#services/kit/env.ts';
import { ACCESS_RULES, type AccessRule } from './access/rules.ts';
import { allowOrigins } from './allow-origins.ts';
import { registerInstances } from './balance/register-instances.ts';
import { announceShadow } from './breaker/announce-shadow.ts';
import { announceTransition } from './breaker/announce-transition.ts';
import type { Transition } from './breaker/breaker.ts';
import { keepShadowCounts } from './breaker/keep-shadow-counts.ts';
import { KeptShadows } from './breaker/shadows.ts';
import { registerCache } from './cache/register-cache.ts';
import type { SharedDrops } from './cache/shared-drops.ts';
import { Configuration } from './configuration/configuration.ts';
import { holdConfiguration, type ConfigurationHolder } from './configuration/hold-configuration.ts';
import { openKeptFile } from './configuration/kept-file.ts';
import { registerConfiguration } from './configuration/register-configuration.ts';
import { addAnswerHeaders } from './correlation.ts';
import { breakerSettings, type GatewayEnv } from './env.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { rewriteVersion } from './proxy/api-version.ts';
import { mergeDocuments } from './proxy/merge-documents.ts';
import { readDocuments } from './proxy/read-documents.ts';
import { UPSTREAMS, type Upstream } from './proxy/routes.ts';
import { shareFor } from './share-for.ts';

/** However many ask for the document, the services are asked once in this time. */
const DOCUMENTS_FRESH_MS = 10_000;

export interface StartGatewayOptions extends StartOptions {
  gatewayEnv: GatewayEnv;
  instances?: Record<Upstream, readonly Instance[]>;
  accessRules?: readonly AccessRule[];
  registry?: Registry | null;
  onTransition?: (transition: Transition) => void;
  onShadowTransition?: (transition: Transition) => void;
  now?: () => number;
}

/** Starts the gateway on its two loopback ports. */
export async function startGateway(options: StartGatewayOptions): Promise<RunningService & { gateway: Gateway }> {
  const { gatewayEnv, instances = fleetInstances(), now, ...startOptions } = options;
  const { onTransition = announceTransition, onShadowTransition = announceShadow } = options;
  const env = options.env ?? readServiceEnv();
  const log = options.log ?? createLog('gateway', env.LOG_LEVEL);
  const sharedLimits = await openLimits(gatewayEnv, log);
  let sharedDrops: SharedDrops | null = null;
  const gateway = createGateway({
    env: gatewayEnv,
    instances,
    jwtSecret: required(env, 'JWT_SECRET'),
    accessRules: options.accessRules ?? ACCESS_RULES,
    onTransition,
    onShadowTransition,
    onEjection: logEjections(log),
    openLimiter: sharedLimits?.createLimiter,
    tellDrop: (path) => sharedDrops?.tell(path),
    now,
  });
  sharedDrops = await openDrops(gateway, gatewayEnv, log);
  const readShared = shareFor(DOCUMENTS_FRESH_MS, () => readDocuments(gateway.instances));
  const { DATA_DIR: dataDir, SERVICE_INSTANCE_ID: instance } = gatewayEnv;
  const registry = options.registry === undefined ? openRegistry(env) : options.registry;
  let followings: Following[] = [];
  let holder: ConfigurationHolder;
  let shadowCounts: { stop: () => void };
  const keptFile = <T>(name: string, schema: z.ZodType<T>) =>
    dataDir === undefined ? null : openKeptFile(dataDir, `${name}.json`, schema);
  const ownName = encodeURIComponent(instance);
  const running = await startService(
    {
      name: 'gateway',
      completeDocument: async (own) => mergeDocuments(own, await readShared(), gateway.routes.routes),
      rewriteUrl: rewriteVersion,
      async controlRoutes(app, { metrics }) {
        const { shadows } = gateway;
        shadowCounts = keepShadowCounts({ shadows, file: keptFile(`shadows/${ownName}`, KeptShadows), log });
        // Before the first call is let in.
        holder = holdConfiguration({
          instance,
          breakers: gateway.breakers,
          shadows,
          limits: gateway.limits,
          isShared: sharedLimits !== null,
          routes: gateway.routes,
          forget: (segment) => void gateway.cache.drop(`/${segment}`, 'configuration'),
          defaults: breakerSettings(gatewayEnv),
          file: keptFile(ownName, Configuration),
          log,
          now: now ?? Date.now,
        });
        addAnswerHeaders(app);
        await allowOrigins(app, gatewayEnv.CORS_ORIGINS);
        for (const metric of gateway.metrics) metrics.registry.registerMetric(metric);
        gateway.registerHealth(app);
      },
      dependencies: [
        ...(sharedLimits ? [sharedLimits.dependency] : []),
        ...Array.from(gateway.instances, ([name, balancer]) =>
          serviceDependency(name, () => balancer.members.map(({ instance: { address } }) => address)),
        ),
      ],
      routes: (app) => gateway.registerProxy(app),
      retryBudgets: () => gateway.retryBudgets,
      adminRoutes(admin) {
        registerConfiguration(admin, holder, gateway.breakers);
        registerInstances(admin, gateway.instances);
        registerCache(admin, gateway.cache);
      },
      onStart() {
        if (registry) followings = followAll(registry, gateway, log);
      },
      onStop: () => {
        for (const { stop } of followings) stop();
        holder.stop();
        shadowCounts.stop();
        sharedLimits?.close();
        sharedDrops?.close();
        return gateway.close();
      },
    },
    { ...startOptions, env, log },
  );
  return { ...running, gateway };
}

/** Loaded only where it is wanted: the client is a few megabytes. */
async function openLimits({ REDIS_URL: url, THROTTLE_REDIS_TIMEOUT_MS: answerMaxMs }: GatewayEnv, log: Log) {
  if (url === undefined) return null;
  const { openSharedLimits } = await import('./limits/shared-limits.ts');
  return openSharedLimits(url, { answerMaxMs, log });
}

async function openDrops({ cache }: Gateway, { REDIS_URL: url }: GatewayEnv, log: Log) {
  if (url === undefined) return null;
  const { openSharedDrops } = await import('./cache/shared-drops.ts');
  return openSharedDrops(url, { log, onDrop: (path) => void cache.drop(path, 'other gateway') });
}

function followAll(registry: Registry, { instances }: Gateway, log: Log): Following[] {
  return Array.from(instances, ([name, balancer]) =>
    followService(registry, name, { log, onInstances: (known) => balancer.update(known) }),
  );
}

function fleetInstances(): Record<Upstream, readonly Instance[]> {
  return Object.fromEntries(UPSTREAMS.map((name) => [name, staticInstances(name)])) as unknown as Record<
    Upstream,
    readonly Instance[]
  >;
}
