/** What `expr` may name until the PromQL engine lands; one file each in this folder. */
export const MEASURE_NAMES = ['circuit_breaker_open', 'integrity_violations_new', 'service_error_ratio', 'up'] as const;

export type MeasureName = (typeof MEASURE_NAMES)[number];
