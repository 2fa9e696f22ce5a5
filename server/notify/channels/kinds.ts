import type { ChannelKindName } from '#server/rules/schema.ts';
import type { ChannelKind } from './channel.ts';
import { email } from './email.ts';
import { pagerduty } from './pagerduty.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

export const CHANNEL_KINDS = { email, pagerduty, slack, webhook } satisfies Record<ChannelKindName, ChannelKind>;
