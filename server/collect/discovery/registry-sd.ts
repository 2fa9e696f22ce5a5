import { z } from 'zod';
import { askJson } from './ask-json.ts';
import type { ScrapeConfig, TargetGroup } from './scrape-config.ts';

type RegistrySdConfig = ScrapeConfig['registry_sd_configs'][number];

const Answer = z.object({
  instances: z.array(
    z.object({
      service: z.string(),
      instance: z.string(),
      address: z.url(),
      adminAddress: z.string().nullable(),
      version: z.string().nullable(),
      status: z.string(),
    }),
  ),
});

/**
 * The instances that have registered with a console, well or not: what is down must show. The labels are named as Prometheus names
 * those of Consul.
 */
export async function lookUpRegistry({ server, scheme, services }: RegistrySdConfig): Promise<TargetGroup[]> {
  const { instances } = Answer.parse(await askJson(`${scheme}://${server}/api/registry/instances`));
  return instances
    .filter(({ service }) => services.length === 0 || services.includes(service))
    .map(({ service, instance, address, adminAddress, version, status }) => {
      const { host, hostname, port, protocol } = new URL(address);
      return {
        targets: [host],
        labels: {
          __scheme__: protocol.slice(0, -1),
          __meta_registry_service: service,
          __meta_registry_service_id: instance,
          __meta_registry_service_address: hostname,
          __meta_registry_service_port: port || (protocol === 'https:' ? '443' : '80'),
          __meta_registry_health: status,
          ...(version !== null && { __meta_registry_service_metadata_version: version }),
          ...(adminAddress !== null && { __meta_registry_service_metadata_admin_address: adminAddress }),
        },
      };
    });
}
