import path from 'node:path';
import type { Env } from '#server/env.ts';
import { parseCheckFile, type CheckDefinition } from '#server/integrity/parse-check-file.ts';
import type { Log } from '#server/log.ts';
import { parseChannelsFile, type ChannelConfig } from '#server/notify/parse-channels-file.ts';
import { parseRuleFile, type AlertRule } from '#server/rules/parse-rule-file.ts';
import { openConfigFolder, type ConfigFolder } from './config-folder.ts';

/** What a team keeps in git, as it is right now. */
export interface Config {
  rules: ConfigFolder<AlertRule>;
  checks: ConfigFolder<CheckDefinition>;
  channels: ConfigFolder<ChannelConfig>;
  runbooksDir: string;
  /** The base of links that leave the console. */
  publicUrl: string;
}

export function openConfig(
  env: Pick<Env, 'CONFIG_DIR' | 'PUBLIC_URL'> & Partial<Pick<Env, 'CHANNEL_SECRETS'>>,
  log: Log,
): Config & { stop: () => void } {
  const extension = /\.ya?ml$/;
  const rules = openConfigFolder({ dir: path.join(env.CONFIG_DIR, 'rules'), extension, log, parse: parseRuleFile });
  const checks = openConfigFolder({
    dir: path.join(env.CONFIG_DIR, 'checks'),
    extension,
    log,
    parse: (text, file) => [parseCheckFile(text, file)],
  });
  const channels = openConfigFolder({
    dir: env.CONFIG_DIR,
    extension: /^channels\.ya?ml$/,
    log,
    parse: (text) => parseChannelsFile(text, env.CHANNEL_SECRETS ?? {}),
  });
  return {
    rules,
    checks,
    channels,
    runbooksDir: path.join(env.CONFIG_DIR, 'runbooks'),
    publicUrl: env.PUBLIC_URL.replace(/\/+$/, ''),
    stop: () => {
      for (const folder of [rules, checks, channels]) folder.stop();
    },
  };
}
