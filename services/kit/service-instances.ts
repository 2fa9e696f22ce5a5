import { Balancer, type BalancerOptions } from './balance/balancer.ts';
import { readServiceEnv, type ServiceEnv } from './env.ts';
import { createLog, type Log } from './log.ts';
import { followService, type Following } from './registry/follow-service.ts';
import { openRegistry } from './registry/open-registry.ts';
import type { Registry } from './registry/registry.ts';
import { staticInstances } from './service-url.ts';

const balancers = new Map<string, Balancer<null>>();
const followings: Following[] = [];
let registry: Registry | null | undefined;
let rpc: ServiceEnv['INTERNAL_RPC'] | undefined;

/** The balancer of a service that this process calls: over its instances as the environment has them, and as the registry has them once it answers. */
export function instancesOf(service: string): Balancer<null> {
  const known = balancers.get(service);
  if (known) return known;
  const env = readServiceEnv();
  const log = createLog(process.env.OTEL_SERVICE_NAME ?? 'service', env.LOG_LEVEL);
  const balancer = new Balancer({ service, open: () => null, onEjection: logEjections(log) }, staticInstances(service));
  balancers.set(service, balancer);
  registry ??= openRegistry(env);
  if (registry)
    followings.push(followService(registry, service, { log, onInstances: (instances) => balancer.update(instances) }));
  return balancer;
}

/** How this process asks others what can be asked both ways. */
export function internalRpc(): ServiceEnv['INTERNAL_RPC'] {
  return (rpc ??= readServiceEnv().INTERNAL_RPC);
}

/** Ends the questions that wait at the registry. */
export function stopFollowing(): void {
  for (const { stop } of followings.splice(0)) stop();
  balancers.clear();
  rpc = undefined;
}

/** People search for the service in brackets, as with circuits. */
export function logEjections(log: Log): NonNullable<BalancerOptions<unknown>['onEjection']> {
  return ({ service, instance, forMs, reason }) =>
    log.warn(
      { service, instance, reason, forMs },
      `[${service}] Instance ${instance} ejected for ${forMs / 1_000} s: ${reason}`,
    );
}
