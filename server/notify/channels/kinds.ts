import type { ChannelConfig } from '../parse-channels-file.ts';
import type { ChannelKind } from './channel.ts';
import { slack } from './slack.ts';

export const CHANNEL_KINDS = { slack } satisfies Record<ChannelConfig['kind'], ChannelKind>;
