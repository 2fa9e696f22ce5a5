import type { PolledCircuit } from '../reconcile.ts';
import { polledCircuit } from './polled-circuit.ts';
import { readSamples } from './read-samples.ts';
import type { CircuitOwner } from './readers.ts';

const METRICS =
  /^envoy_cluster_(?:circuit_breakers_(?:default|high)_(?:cx|cx_pool|rq|rq_pending|rq_retry)_open|outlier_detection_ejections_active|membership_total)$/;
/** What each limit is of, in words; one on retries keeps no request out. */
const LIMITS: Readonly<Record<string, string>> = {
  cx: 'connections',
  cx_pool: 'connection pools',
  rq: 'requests',
  rq_pending: 'waiting requests',
};

interface Cluster {
  full: Set<string>;
  ejected: number;
  members: number;
}

/**
 * Reads the statistics of an Envoy: a cluster is open while one of its circuit breakers is at its limit, which keeps further requests
 * out, or while outlier detection has ejected all of its hosts. Hosts ejected are the failures, and all hosts the threshold.
 */
export function readEnvoy(text: string, owner: CircuitOwner): PolledCircuit[] {
  const samples = readSamples(text, METRICS);
  if (samples.length === 0)
    throw new Error('it has no envoy_cluster_circuit_breakers_*: is it the admin port, and is the filter right?');
  const clusters = new Map<string, Cluster>();
  for (const { name, labels, value } of samples) {
    // Istio calls the label otherwise.
    const key = labels.get('envoy_cluster_name') ?? labels.get('cluster_name') ?? '';
    const cluster = clusters.get(key) ?? { full: new Set<string>(), ejected: 0, members: 0 };
    clusters.set(key, cluster);
    if (name.endsWith('_ejections_active')) cluster.ejected = value;
    else if (name.endsWith('_membership_total')) cluster.members = value;
    else if (value > 0) for (const limit of limitOf(name)) cluster.full.add(limit);
  }
  return [...clusters].map(([name, { full, ejected, members }]) => {
    const isGone = members > 0 && ejected >= members;
    const reasons = [
      full.size > 0 && `at its limit of ${[...full].join(' and ')}`,
      ejected > 0 && `${ejected} of ${members} hosts are ejected`,
    ].filter(Boolean);
    return polledCircuit(owner, {
      name,
      state: full.size > 0 || isGone ? 'open' : 'closed',
      reason: reasons.length > 0 ? reasons.join(', ') : 'within its limits, no host is ejected',
      failures: ejected,
      threshold: members,
    });
  });
}

function limitOf(metric: string): string[] {
  const [, priority, kind] = /_circuit_breakers_(default|high)_(\w+)_open$/.exec(metric)!;
  const words = LIMITS[kind!];
  return words === undefined ? [] : [priority === 'high' ? `${words} of high priority` : words];
}
