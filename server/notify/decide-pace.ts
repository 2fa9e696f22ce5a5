import type { ChannelKind } from './channels/channel.ts';

/**
 * When the channel takes the next message after one that is sent at `nowMs`. A receiver forgives a short burst, so the alert
 * that matters need not wait for one that happened to come first; on the long run its pace is kept.
 */
export function nextFreeMs(freeAtMs: number, nowMs: number, { paceMs, burst }: Pick<ChannelKind, 'paceMs' | 'burst'>) {
  return Math.max(freeAtMs, nowMs - (burst - 1) * paceMs) + paceMs;
}
