import { toTarget, type Target } from '../discovery/to-target.ts';
import { parseTargetsFile } from '../targets-file.ts';

/** The static targets of a file. */
export function targetsIn(text: string, variables: Record<string, string> = {}): Target[] {
  const { configs, defaults } = parseTargetsFile(text, variables, 5_000);
  const targets = configs
    .filter(({ enabled }) => enabled)
    .flatMap((config) =>
      config.static_configs.flatMap(({ targets: addresses, labels }) =>
        addresses.map((address) => toTarget(config, { ...labels, __address__: address }, defaults)),
      ),
    )
    .filter((target) => target !== undefined);
  const fault = targets.find((target) => target instanceof Error);
  if (fault) throw fault;
  return [...new Map((targets as Target[]).map((target) => [target.key, target])).values()];
}
