import { parseDocument } from 'yaml';
import { expandVariables } from '#server/config/expand-variables.ts';
import { AppError } from '#server/errors.ts';
import { TargetsFile, type ScrapeConfig } from './discovery/scrape-config.ts';
import type { ScrapeDefaults } from './discovery/to-target.ts';

export interface ScrapeConfigs {
  configs: ScrapeConfig[];
  defaults: ScrapeDefaults;
}

/**
 * Reads config/targets.yaml; throws BAD_REQUEST with every fault and its place. `${NAME}` and `${NAME:-fallback}` stand for
 * environment variables, so that a file kept in git follows ports that differ from machine to machine, and holds no secrets.
 */
export function parseTargetsFile(
  text: string,
  variables: Record<string, string | undefined>,
  intervalMsDefault: number,
): ScrapeConfigs {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw unusable(document.errors.map(({ message }) => message));
  const expanded = expandVariables(document.toJS() as unknown, variables);
  const result = TargetsFile.safeParse(expanded);
  if (!result.success) throw unusable(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { global, scrape_configs: configs } = result.data;
  const names = configs.map(({ job_name: name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw unusable([`there are two jobs named ${twice}`]);
  return {
    configs,
    defaults: { intervalMs: global.scrape_interval ?? intervalMsDefault, timeoutMs: global.scrape_timeout },
  };
}

function unusable(faults: string[]): AppError {
  return new AppError('BAD_REQUEST', `The targets are not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}
