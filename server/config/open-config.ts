import path from 'node:path';
import type { Env } from '#server/env.ts';
import { parseCheckFile, type CheckDefinition } from '#server/integrity/parse-check-file.ts';
import type { Log } from '#server/log.ts';
import { parseChannelsFile, type ChannelConfig } from '#server/notify/parse-channels-file.ts';
import { parseRouting } from '#server/notify/routing/parse-routing.ts';
import type { Routing } from '#server/notify/routing/route.ts';
import { parseRuleFile } from '#server/rules/parse-rule-file.ts';
import type { RuleGroup } from '#server/rules/rule.ts';
import { openConfigFolder, type ConfigFolder } from './config-folder.ts';

/** What a team keeps in git, as it is right now. */
export interface Config {
  rules: ConfigFolder<RuleGroup>;
  checks: ConfigFolder<CheckDefinition>;
  channels: ConfigFolder<ChannelConfig>;
  /** Who is told of which alert; null without a channel. */
  routing: () => Routing | null;
  runbooksDir: string;
  /** The base of links that leave the console. */
  publicUrl: string;
  /** The base of links that show one page to people without the console. */
  shareUrl: string;
}

export function openConfig(
  env: Pick<Env, 'CONFIG_DIR' | 'PUBLIC_URL'> & Partial<Pick<Env, 'CHANNEL_SECRETS' | 'SHARE_URL'>>,
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
  const alerting = openConfigFolder({
    dir: env.CONFIG_DIR,
    extension: /^channels\.ya?ml$/,
    log,
    parse: (text) => {
      const channels = parseChannelsFile(text, env.CHANNEL_SECRETS ?? {});
      return [
        {
          channels,
          routing: parseRouting(
            text,
            channels.map(({ name }) => name),
          ),
        },
      ];
    },
  });
  return {
    rules,
    checks,
    channels: { ...alerting, values: () => alerting.values().flatMap(({ channels }) => channels) },
    routing: () => alerting.values()[0]?.routing ?? null,
    runbooksDir: path.join(env.CONFIG_DIR, 'runbooks'),
    publicUrl: withoutSlash(env.PUBLIC_URL),
    shareUrl: withoutSlash(env.SHARE_URL ?? env.PUBLIC_URL),
    stop: () => {
      for (const folder of [rules, checks, alerting]) folder.stop();
    },
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
