import type { MetricName } from '#server/metrics/schema.ts';

/** Metrics that have every word in their name or help; those with all in the name come first. */
export function findMetrics(metrics: readonly MetricName[], text: string): MetricName[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (where: string) => words.every((word) => where.toLowerCase().includes(word));
  const [byName, byHelp]: [MetricName[], MetricName[]] = [[], []];
  for (const metric of metrics) {
    if (has(metric.name)) byName.push(metric);
    else if (has(`${metric.name} ${metric.help} ${metric.type}`)) byHelp.push(metric);
  }
  return [...byName, ...byHelp];
}
