import type { ExemplarsData } from '#server/metrics/schema.ts';
import type { ChartLink } from '#components/chart/place-links.ts';
import { formatNumber } from '#components/format/any-number.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatMoment } from '#components/format/time.ts';

/** Whether a switch for exemplars is worth its place: they belong to buckets. */
export function mayHaveExemplars(expr: string): boolean {
  return /\w_bucket\b/.test(expr);
}

/** Exemplars as links of a graph, each the way to its trace. */
export function prepareExemplars(
  { isOnScale, exemplars }: ExemplarsData,
  style: { zone: string; nowMs: number },
): ChartLink[] {
  return exemplars.map(({ tMs, value, traceId, labels }) => {
    const isSeconds = labels['__name__']?.includes('_seconds') ?? false;
    const text = isSeconds ? formatDuration(value * 1_000) : formatNumber(value);
    return {
      key: `${traceId} ${tMs} ${value}`,
      tMs,
      value: isOnScale ? value : null,
      href: `/traces/${encodeURIComponent(traceId)}`,
      label: `${text} at ${formatMoment(tMs, style)}: open trace ${traceId.slice(0, 8)}`,
    };
  });
}
