import type { TopologyNode } from '#server/topology/schema.ts';
import type { Tone } from '#components/ui/tone.ts';
import { errorTone } from './traffic.ts';

export type NodeHealth = 'down' | 'failing' | 'degraded' | 'idle' | 'healthy';

/** What a box says about itself. A service that does not answer its scrape is down, whatever its old traffic looked like. */
export function nodeHealth(node: Pick<TopologyNode, 'up' | 'errorRatio' | 'requestsPerS'>): NodeHealth {
  if (node.up === false) return 'down';
  const tone = errorTone(node.errorRatio);
  if (tone === 'critical') return 'failing';
  if (tone === 'warn') return 'degraded';
  return node.requestsPerS > 0 ? 'healthy' : 'idle';
}

/** The word and the tone of each. */
export const HEALTH = {
  down: { word: 'down', tone: 'critical' },
  failing: { word: 'failing', tone: 'critical' },
  degraded: { word: 'degraded', tone: 'warn' },
  idle: { word: 'no traffic', tone: 'neutral' },
  healthy: { word: 'healthy', tone: 'ok' },
} as const satisfies Record<NodeHealth, { word: string; tone: Tone }>;
