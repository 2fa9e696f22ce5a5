import type { Log } from '#server/log.ts';
import { lookUpConsul } from './consul-sd.ts';
import { lookUpDns } from './dns-sd.ts';
import { readTargetFiles } from './file-sd.ts';
import { lookUpRegistry } from './registry-sd.ts';
import type { ScrapeConfig, TargetGroup } from './scrape-config.ts';
import { toTarget, type ScrapeDefaults, type Target } from './to-target.ts';

export interface DiscoverOptions {
  configs: readonly ScrapeConfig[];
  defaults: ScrapeDefaults;
  /** Relative names of files are below it. */
  dir: string;
  log: Log;
  onChange: (targets: Target[]) => void;
  /** Answers of an earlier discovery, until there are new ones; what changes a file must not end the series of others. */
  known?: Map<string, TargetGroup[]>;
  /** `host:port`; those of the system otherwise. */
  dnsServers?: readonly string[] | undefined;
}

/** Tells the targets at once, and again when files, names or registries have others. */
export function discover({ configs, defaults, dir, log, onChange, known = new Map(), dnsServers }: DiscoverOptions) {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  let told: string | undefined;

  const sources = configs
    .filter(({ enabled }) => enabled)
    .map((config) => ({
      config,
      asked: [
        ...config.file_sd_configs.map((sd) => ({
          key: `file ${JSON.stringify(sd)}`,
          everyMs: sd.refresh_interval,
          ask: () => readTargetFiles(sd.files, dir),
        })),
        ...config.dns_sd_configs.map((sd) => ({
          key: `dns ${JSON.stringify(sd)}`,
          everyMs: sd.refresh_interval,
          ask: () => lookUpDns(sd, dnsServers),
        })),
        ...config.registry_sd_configs.map((sd) => ({
          key: `registry ${JSON.stringify(sd)}`,
          everyMs: sd.refresh_interval,
          ask: () => lookUpRegistry(sd),
        })),
        ...config.consul_sd_configs.map((sd) => ({
          // The key is logged.
          key: `consul ${JSON.stringify({ ...sd, token: undefined })}`,
          everyMs: sd.refresh_interval,
          ask: () => lookUpConsul(sd),
        })),
      ],
    }));

  const tell = () => {
    if (stopped) return;
    const faults: string[] = [];
    const targets = sources.flatMap(({ config, asked }) => {
      const groups = [...config.static_configs, ...asked.flatMap(({ key }) => known.get(key) ?? [])];
      return targetsOf(config, groups, defaults, faults);
    });
    const unique = [...new Map(targets.map((target) => [target.key, target])).values()];
    const all = JSON.stringify([unique.map(({ key }) => key), faults]);
    if (all === told) return;
    told = all;
    for (const fault of faults) log.warn(fault);
    onChange(unique);
  };

  const repeat = async ({ key, everyMs, ask }: (typeof sources)[number]['asked'][number], hasFailed: boolean) => {
    let isFailing = false;
    try {
      known.set(key, await ask());
      tell();
    } catch (error) {
      isFailing = true;
      if (!hasFailed) log.warn({ err: error }, `targets cannot be looked up: ${key}; they stay as they were`);
    }
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void repeat({ key, everyMs, ask }, isFailing);
    }, everyMs).unref();
    timers.add(timer);
  };

  tell();
  for (const { asked } of sources) for (const source of asked) void repeat(source, false);
  return {
    known,
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function targetsOf(
  config: ScrapeConfig,
  groups: readonly TargetGroup[],
  defaults: ScrapeDefaults,
  faults: string[],
): Target[] {
  const targets: Target[] = [];
  for (const { targets: addresses, labels } of groups) {
    for (const address of addresses) {
      const target = toTarget(config, { ...labels, __address__: address }, defaults);
      if (target instanceof Error) faults.push(target.message);
      else if (target) targets.push(target);
    }
  }
  const { target_limit: most } = config;
  if (most === 0 || targets.length <= most) return targets;
  faults.push(`job ${config.job_name} has ${targets.length} targets, and its target_limit is ${most}: none is scraped`);
  return [];
}
