import type { ServiceEnv } from '../env.ts';
import { createConsulRegistry } from './consul-registry.ts';
import type { Registry } from './registry.ts';
import { createSwitchyardRegistry } from './switchyard-registry.ts';

/** The registry that the environment names: Consul's by CONSUL_HTTP_ADDR, the console's by REGISTRY_URL; null when services are where the environment says. */
export function openRegistry(env: Pick<ServiceEnv, 'REGISTRY_URL' | 'CONSUL_HTTP_ADDR' | 'CONSUL_HTTP_TOKEN'>) {
  if (env.CONSUL_HTTP_ADDR !== undefined) return createConsulRegistry(env.CONSUL_HTTP_ADDR, env.CONSUL_HTTP_TOKEN);
  return env.REGISTRY_URL === undefined ? null : (createSwitchyardRegistry(env.REGISTRY_URL) satisfies Registry);
}
