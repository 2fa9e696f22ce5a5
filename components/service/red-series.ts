import type { RedPoint } from '#server/services/schema.ts';
import type { ChartSeries } from '#components/chart/prepare-time-chart.ts';

/** As many points as a panel can show apart. */
export const RED_BUCKETS = 90;

/** The three panels of a service. Kept outside the views: a chart is prepared anew when its series change. */
export const RATE: readonly ChartSeries<RedPoint>[] = [
  { key: 'requests', label: 'requests', colour: 'var(--series-1)', area: true, value: (point) => point.requestsPerS },
];

export const ERRORS: readonly ChartSeries<RedPoint>[] = [
  { key: 'errors', label: 'failed', colour: 'var(--critical)', area: true, value: (point) => point.errorRatio },
];

export const DURATION: readonly ChartSeries<RedPoint>[] = [
  { key: 'p50', label: 'p50', colour: 'var(--series-4)', value: (point) => point.latencyMsP50 },
  { key: 'p95', label: 'p95', colour: 'var(--series-1)', value: (point) => point.latencyMsP95 },
  { key: 'p99', label: 'p99', colour: 'var(--series-3)', value: (point) => point.latencyMsP99 },
];
