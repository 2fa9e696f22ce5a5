import { z } from 'zod';
import { askJson } from './ask-json.ts';
import type { ScrapeConfig, TargetGroup } from './scrape-config.ts';

type ConsulSdConfig = ScrapeConfig['consul_sd_configs'][number];

const Metadata = z.record(z.string(), z.string()).nullish();
const Services = z.record(z.string(), z.unknown());
const Entries = z.array(
  z.object({
    Node: z.object({
      Node: z.string().default(''),
      Address: z.string().default(''),
      Datacenter: z.string().default(''),
      Meta: Metadata,
    }),
    Service: z.object({
      ID: z.string(),
      Service: z.string(),
      Tags: z.array(z.string()).nullish(),
      Address: z.string().default(''),
      Port: z.number().default(0),
      Meta: Metadata,
    }),
    Checks: z.array(z.object({ Status: z.string() })).nullish(),
  }),
);
type Entry = z.infer<typeof Entries>[number];

/** Worst first, as Consul sums checks up. */
const HEALTHS = ['maintenance', 'critical', 'warning', 'passing'];
const SEPARATOR = ',';

/** The services that a Consul agent knows, with the labels that Prometheus gives them. */
export async function lookUpConsul(config: ConsulSdConfig): Promise<TargetGroup[]> {
  const { server, scheme, services, tags, token } = config;
  const ask = (path: string) =>
    askJson(`${scheme}://${server}/v1/${path}`, token === undefined ? {} : { 'x-consul-token': token });
  const names = services.length > 0 ? services : Object.keys(Services.parse(await ask('catalog/services')));
  const entries = await Promise.all(
    names.toSorted().map(async (name) => Entries.parse(await ask(`health/service/${encodeURIComponent(name)}`))),
  );
  const isWanted = ({ Service }: Entry) => tags.every((tag) => Service.Tags?.includes(tag));
  return entries.flat().filter(isWanted).map(toGroup);
}

function toGroup({ Node, Service, Checks }: Entry): TargetGroup {
  const host = Service.Address || Node.Address;
  const statuses = (Checks ?? []).map(({ Status }) => Status);
  return {
    targets: [`${host.includes(':') ? `[${host}]` : host}:${Service.Port}`],
    labels: {
      __meta_consul_address: Node.Address,
      __meta_consul_dc: Node.Datacenter,
      __meta_consul_node: Node.Node,
      __meta_consul_health: HEALTHS.find((health) => statuses.includes(health)) ?? 'passing',
      __meta_consul_service: Service.Service,
      __meta_consul_service_id: Service.ID,
      __meta_consul_service_address: Service.Address,
      __meta_consul_service_port: String(Service.Port),
      // Surrounded, so that a regular expression finds whole tags.
      __meta_consul_tags: `${SEPARATOR}${(Service.Tags ?? []).join(SEPARATOR)}${SEPARATOR}`,
      ...metadata('__meta_consul_metadata_', Node.Meta),
      ...metadata('__meta_consul_service_metadata_', Service.Meta),
    },
  };
}

function metadata(prefix: string, meta: Record<string, string> | null | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(meta ?? {}).map(([name, value]) => [`${prefix}${name.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`, value]),
  );
}
