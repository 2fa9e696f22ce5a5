import { callsForSomebody } from '#components/alert/calls-for-somebody.ts';
import type { Circuit } from '#server/circuits/schema.ts';
import type { Alert } from '#server/rules/schema.ts';
import type { Topology, TopologyNode } from '#server/topology/schema.ts';
import { CIRCUIT_STATES, isRefusing } from '#components/circuit/circuit-state.ts';
import { nodeHealth } from '#components/diagram/node-health.ts';
import { enumerate } from '#components/format/enumerate.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { formatClockShort } from '#components/format/time.ts';
import type { Tone } from '#components/ui/tone.ts';

export interface Summary {
  tone: Extract<Tone, 'ok' | 'warn' | 'critical' | 'neutral'>;
  /** The answer to "is everything all right?" in one sentence. */
  headline: string;
  /** Further sentences, the worse first. */
  details: string[];
  /** "12.3 requests/s, 0.1 % errors." */
  traffic: string;
}

interface Facts {
  /** Undefined while it is not known: then nothing is said of it. */
  topology: Topology | undefined;
  circuits: Circuit[];
  alerts: Alert[];
  zone: string;
}

/** More would not be read; the rest is counted. */
const DETAILS_MAX = 3;

/** Says in plain words how the fleet is: the worst thing first, then what else is wrong, then how much flows. */
export function summarise({ topology, circuits, alerts, zone }: Facts): Summary {
  const nodes = topology?.nodes ?? [];
  const services = nodes.filter((node) => node.kind === 'service' || node.kind === 'gateway');
  if (services.length === 0 && circuits.length === 0) {
    return { tone: 'neutral', headline: 'Nothing has reported yet.', details: [], traffic: '' };
  }
  const critical = [
    ...openBreakers(circuits, zone),
    ...down(services),
    ...failing(services),
    ...criticalAlerts(alerts),
  ];
  const notable = [...unusualBreakers(circuits, zone), ...degraded(services), ...otherAlerts(alerts)];
  const all = [...critical, ...notable];
  const [headline = healthy(services.length), ...rest] = all;
  const details = rest.slice(0, DETAILS_MAX);
  if (rest.length > DETAILS_MAX) details.push(`${rest.length - DETAILS_MAX} more below.`);
  const tone = critical.length > 0 ? 'critical' : notable.length > 0 ? 'warn' : 'ok';
  return { tone, headline, details, traffic: topology ? traffic(nodes) : '' };
}

function healthy(count: number): string {
  if (count === 0) return 'All breakers are closed.';
  return count === 1 ? 'The one service is healthy.' : `All ${count} services are healthy.`;
}

function openBreakers(circuits: Circuit[], zone: string): string[] {
  const open = circuits.filter((circuit) => isRefusing(circuit.state)).toSorted((a, b) => a.sinceMs - b.sinceMs);
  const [only] = open;
  if (!only) return [];
  if (open.length === 1) {
    const cost =
      only.failureRatio === null || only.failureRatio === 0
        ? ''
        : ` ${formatRatio(only.failureRatio)} of its calls fail.`;
    return [
      `The breaker from ${only.reporter} to ${only.name} is ${CIRCUIT_STATES[only.state].word} since ${formatClockShort(only.sinceMs, zone)}.${cost}`,
    ];
  }
  const named = open.map((circuit) => `${circuit.reporter} to ${circuit.name}`);
  return [`${open.length} breakers are open since ${formatClockShort(only.sinceMs, zone)}: ${enumerate(named)}.`];
}

function unusualBreakers(circuits: Circuit[], zone: string): string[] {
  return circuits
    .filter((circuit) => circuit.state === 'half_open' || circuit.state === 'forced_closed')
    .map((circuit) => {
      const which = `The breaker from ${circuit.reporter} to ${circuit.name}`;
      const since = formatClockShort(circuit.sinceMs, zone);
      return circuit.state === 'half_open'
        ? `${which} is half-open since ${since}: it tries whether calls succeed again.`
        : `${which} is forced closed since ${since}.`;
    });
}

function down(services: TopologyNode[]): string[] {
  const names = services.filter((node) => nodeHealth(node) === 'down').map((node) => node.name);
  if (names.length === 0) return [];
  return [`${enumerate(names)} ${names.length === 1 ? 'is' : 'are'} down.`];
}

function failing(services: TopologyNode[]): string[] {
  return services
    .filter((node) => nodeHealth(node) === 'failing')
    .toSorted((a, b) => (b.errorRatio ?? 0) - (a.errorRatio ?? 0))
    .map((node) => `${node.name} fails ${formatRatio(node.errorRatio)} of its calls.`);
}

function degraded(services: TopologyNode[]): string[] {
  return services
    .filter((node) => nodeHealth(node) === 'degraded')
    .map((node) => `${node.name} fails ${formatRatio(node.errorRatio)} of its calls.`);
}

/** Breakers, services that are down and error rates have their own sentence; what other rules found is counted. */
function criticalAlerts(alerts: Alert[]): string[] {
  return counted(
    alerts.filter((alert) => callsForSomebody(alert) && alert.severity === 'critical' && !hasOwnSentence(alert)),
    'critical alert',
  );
}

function otherAlerts(alerts: Alert[]): string[] {
  return counted(
    alerts.filter((alert) => callsForSomebody(alert) && alert.severity === 'warning' && !hasOwnSentence(alert)),
    'alert',
  );
}

function counted(alerts: Alert[], noun: string): string[] {
  const [first] = alerts;
  if (!first) return [];
  if (alerts.length > 1) return [`${alerts.length} ${noun}s are firing.`];
  return [`${capital(noun)}: ${(first.annotations['summary'] || first.rule).replace(/\.$/, '')}.`];
}

function hasOwnSentence(alert: Alert): boolean {
  return alert.href.startsWith('/circuits') || alert.href.startsWith('/services');
}

function traffic(nodes: readonly TopologyNode[]): string {
  const gateways = nodes.filter((node) => node.kind === 'gateway');
  const doors = gateways.length > 0 ? gateways : nodes.filter((node) => node.kind === 'service');
  const rate = doors.reduce((sum, node) => sum + node.requestsPerS, 0);
  if (rate === 0) return 'No requests in the last 5 minutes.';
  const errors = doors.reduce((sum, node) => sum + node.requestsPerS * (node.errorRatio ?? 0), 0) / rate;
  return `${formatRate(rate).replace('/s', '')} requests/s, ${formatRatio(errors)} errors.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
