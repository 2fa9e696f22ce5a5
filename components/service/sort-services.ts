import type { ServiceSummary } from '#server/services/schema.ts';

export const SERVICE_SORTS = ['service', 'rate', 'errors', 'p50', 'p95', 'p99', 'instances', 'seen'] as const;
export type ServiceSort = (typeof SERVICE_SORTS)[number];
export type SortDirection = 'asc' | 'desc';

const VALUES = {
  service: () => null,
  rate: (row) => row.requestsPerS,
  errors: (row) => row.errorRatio,
  p50: (row) => row.latencyMsP50,
  p95: (row) => row.latencyMsP95,
  p99: (row) => row.latencyMsP99,
  instances: (row) => row.instances,
  seen: (row) => row.lastSeenMs,
} as const satisfies Record<ServiceSort, (row: ServiceSummary) => number | null>;

/** Sorts rows of the services list; what was not measured comes last either way, equals by name. */
export function sortServices(
  services: readonly ServiceSummary[],
  sort: ServiceSort,
  direction: SortDirection,
): ServiceSummary[] {
  const sign = direction === 'asc' ? 1 : -1;
  if (sort === 'service') return services.toSorted((a, b) => sign * byName(a, b));
  return services.toSorted((a, b) => {
    const [left, right] = [VALUES[sort](a), VALUES[sort](b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b);
    return sign * (left - right) || byName(a, b);
  });
}

const names = new Intl.Collator('en');

function byName(a: ServiceSummary, b: ServiceSummary): number {
  return names.compare(a.service, b.service);
}
