/** What `expr` may name until the rules are evaluated by the PromQL engine; those that are no metric have one file each in this folder. */
export const MEASURE_NAMES = [
  'circuit_breaker_open',
  'database_failures',
  'host_disk_free_ratio',
  'host_memory_used_ratio',
  'integrity_violations_new',
  'proxy_messages',
  'service_bad_gateway_ratio',
  'service_error_ratio',
  'service_latency_p95_seconds',
  'up',
] as const;

export type MeasureName = (typeof MEASURE_NAMES)[number];
