import { z } from 'zod';
import { parseYaml } from '#server/config/parse-yaml.ts';
import { AppError } from '#server/errors.ts';
import { CHANNEL_KIND_NAMES, type ChannelKindName } from '#server/rules/schema.ts';
import type { ReadSecret, Send } from './channels/channel.ts';
import { CHANNEL_KINDS } from './channels/kinds.ts';
import { SecretError } from './channels/secret.ts';

export type ChannelSecrets = Readonly<Record<string, string | undefined>>;

export interface ChannelConfig {
  name: string;
  kind: ChannelKindName;
  /** False: it is told only what begins. */
  sendResolved: boolean;
  /** Null until its variables are set. */
  send: Send | null;
  /** What to do so that the channel works; empty when it does. */
  hint: string;
}

const common = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'is lower-case letters, digits and hyphens'),
  send_resolved: z.boolean().default(true),
};
// Safe because there are kinds; `map` does not tell how many.
const [first, ...others] = CHANNEL_KIND_NAMES.map((kind) =>
  z.strictObject({ ...common, kind: z.literal(kind), ...CHANNEL_KINDS[kind].stated.shape }),
) as unknown as [z.ZodObject, ...z.ZodObject[]];
const ChannelNode = z.discriminatedUnion('kind', [first, ...others]);
type CommonNode = { name: string; kind: ChannelKindName; send_resolved: boolean };

/** `route` and `inhibit_rules` are read by routing/parse-routing.ts. */
const ChannelsFile = z.strictObject({
  channels: z.array(ChannelNode),
  route: z.unknown().optional(),
  inhibit_rules: z.unknown().optional(),
});

/** Reads config/channels.yaml; the secrets that it names come from the environment. */
export function parseChannelsFile(text: string, secrets: ChannelSecrets): ChannelConfig[] {
  const { value, lineOf } = parseYaml(text, ChannelsFile);
  const nodes = value.channels as CommonNode[];
  const twin = nodes.findIndex(({ name }, index) => nodes.findIndex((other) => other.name === name) !== index);
  if (twin >= 0)
    throw new AppError(
      'BAD_REQUEST',
      `line ${lineOf(['channels', twin])}: there are two channels named ${nodes[twin]!.name}`,
    );
  return nodes.map((node) => openChannel(node, secrets));
}

function openChannel(
  { name, kind, send_resolved: sendResolved, ...stated }: CommonNode,
  secrets: ChannelSecrets,
): ChannelConfig {
  const readSecret: ReadSecret = (variable, whatItHolds) => {
    const value = secrets[variable];
    if (!value) throw new SecretError(`Set ${variable} to ${whatItHolds}`);
    return value;
  };
  try {
    const send = CHANNEL_KINDS[kind].open(stated, readSecret);
    return { name, kind, sendResolved, send, hint: '' };
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    return { name, kind, sendResolved, send: null, hint: `${error.message}, and start Switchyard again.` };
  }
}
