import type { Circuit } from '#server/circuits/schema.ts';
import type { Alert } from '#server/rules/schema.ts';
import type { TopologyNode } from '#server/topology/schema.ts';
import { callsForSomebody } from '#components/alert/calls-for-somebody.ts';
import { circuitHref } from '#components/circuit/circuit-href.ts';
import { isRefusing } from '#components/circuit/circuit-state.ts';
import { HEALTH, nodeHealth } from '#components/diagram/node-health.ts';
import type { Tone } from '#components/ui/tone.ts';

export interface ServiceState {
  tone: Tone;
  word: string;
  /** What else is wrong with it right now, and where that is shown. */
  troubles: { text: string; href: string }[];
}

/**
 * How a service is. Its figures are those of the whole time that the page shows, in which an open breaker hides (what is
 * refused never arrives): so breakers and alerts of this moment come beside them, and no service is healthy in spite of them.
 */
export function serviceState(
  node: Pick<TopologyNode, 'name' | 'up' | 'errorRatio' | 'requestsPerS'>,
  circuits: readonly Pick<Circuit, 'name' | 'reporter' | 'state'>[],
  alerts: readonly Pick<Alert, 'state' | 'severity' | 'labels' | 'silencedBy' | 'inhibitedBy'>[],
): ServiceState {
  const { word, tone } = HEALTH[nodeHealth(node)];
  const cut = circuits.filter(({ name, state }) => name === node.name && isRefusing(state));
  const firing = alerts.filter((alert) => alert.labels['service'] === node.name && callsForSomebody(alert));
  const troubles = cut.map((circuit) => ({
    text: `the breaker of ${circuit.reporter} is open`,
    href: circuitHref(circuit),
  }));
  if (firing.length > 0) {
    troubles.push({ text: firing.length === 1 ? '1 alert fires' : `${firing.length} alerts fire`, href: '/alerts' });
  }
  const critical = cut.length > 0 || firing.some(({ severity }) => severity === 'critical');
  if (tone === 'critical' || troubles.length === 0) return { word, tone, troubles };
  return { word: tone === 'warn' ? word : 'in trouble', tone: critical ? 'critical' : 'warn', troubles };
}
