import { Resolver } from 'node:dns/promises';
import type { ScrapeConfig, TargetGroup } from './scrape-config.ts';

type DnsSdConfig = ScrapeConfig['dns_sd_configs'][number];

/** The targets that names stand for, with the labels that Prometheus gives them. A name that is not there has none; other failures throw. */
export async function lookUpDns(
  { names, type, port }: DnsSdConfig,
  servers: readonly string[] | undefined,
): Promise<TargetGroup[]> {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  const groups = await Promise.all(
    names.map(async (name): Promise<TargetGroup[]> => {
      const labels = { __meta_dns_name: name };
      if (type !== 'SRV') {
        const addresses = await (type === 'A' ? resolver.resolve4(name) : resolver.resolve6(name)).catch(noRecords);
        const hosts = addresses.toSorted().map((address) => (type === 'A' ? address : `[${address}]`));
        return [{ targets: hosts.map((host) => `${host}:${port}`), labels }];
      }
      const records = await resolver.resolveSrv(name).catch(noRecords);
      return records
        .map(({ name: host, port: own }) => ({
          targets: [`${host}:${own}`],
          labels: {
            ...labels,
            __meta_dns_srv_record_target: `${host}.`,
            __meta_dns_srv_record_port: String(own),
          },
        }))
        .toSorted((a, b) => (a.targets[0]! < b.targets[0]! ? -1 : 1));
    }),
  );
  return groups.flat();
}

function noRecords(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return [];
  throw error;
}
