import type { RetentionSignal } from './schema.ts';

/**
 * Which tables hold a signal; the first is the one whose rows people count. Every table of the store that is partitioned by
 * day or month stands here, but those that see to themselves with a TTL.
 */
export const KEPT_TABLES: Readonly<Record<RetentionSignal, readonly [string, ...string[]]>> = {
  traces: ['spans', 'trace_times', 'attribute_keys_1h'],
  exemplars: ['exemplars'],
  logs: ['logs'],
  metrics: ['samples', 'histograms', 'series'],
  rollup_1m: ['red_1m', 'red_service_5m'],
  rollup_1h: ['red_1h', 'versions_5m'],
  circuits: ['circuit_transitions'],
};
