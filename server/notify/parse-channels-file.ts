import { z } from 'zod';
import { parseYaml } from '#server/config/parse-yaml.ts';

/** The variables that may hold a channel's secret, so that configuration in git never does. */
const SECRETS = ['SLACK_WEBHOOK_URL'] as const;
export type ChannelSecrets = Partial<Record<(typeof SECRETS)[number], string | undefined>>;

export interface ChannelConfig {
  name: string;
  kind: 'slack';
  /** Null until its variable is set. */
  url: string | null;
  /** What to do so that the channel works; empty when it does. */
  hint: string;
}

const ChannelsFile = z.strictObject({
  channels: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'is lower-case letters, digits and hyphens'),
      kind: z.enum(['slack']),
      /** Names the variable that holds the incoming webhook's address. */
      webhook: z.enum(SECRETS),
    }),
  ),
});

/** Reads config/channels.yaml; the secrets that it names come from the environment. */
export function parseChannelsFile(text: string, secrets: ChannelSecrets): ChannelConfig[] {
  const { channels } = parseYaml(text, ChannelsFile).value;
  return channels.map(({ name, kind, webhook }) => {
    const url = secrets[webhook] ?? null;
    const hint = `Set ${webhook} to the address of an incoming webhook and start Switchyard again.`;
    return { name, kind, url, hint: url === null ? hint : '' };
  });
}
