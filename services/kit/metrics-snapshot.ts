import type { Registry } from 'prom-client';
import { z } from 'zod';

const Sample = z.object({
  /** Where it is another than the metric's: `..._bucket`, `..._sum`, `..._count`. */
  name: z.string().optional(),
  labels: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Null for what JSON has no number for. */
  value: z.number().nullable(),
});
export const MetricsSnapshot = z.object({
  at: z.iso.datetime(),
  metrics: z.array(z.object({ name: z.string(), type: z.string(), help: z.string(), samples: z.array(Sample) })),
});
export type MetricsSnapshot = z.infer<typeof MetricsSnapshot>;

/** What the registry measures now, under the names that Prometheus scrapes. */
export async function readSnapshot(registry: Registry): Promise<MetricsSnapshot> {
  const metrics = await registry.getMetricsAsJSON();
  return {
    at: new Date().toISOString(),
    metrics: metrics.map(({ name, type, help, values }) => ({
      name,
      // Safe because prom-client's own types say enum where it gives the name.
      type: type as unknown as string,
      help,
      samples: values.map((sample) => toSample(sample, name)),
    })),
  };
}

interface Value {
  value: number;
  labels: Partial<Record<string, string | number>>;
  metricName?: string;
}

function toSample({ value, labels, metricName = '' }: Value, metric: string): z.infer<typeof Sample> {
  const known = Object.entries(labels).filter((label): label is [string, string | number] => label[1] !== undefined);
  return {
    ...(metricName !== '' && metricName !== metric && { name: metricName }),
    labels: Object.fromEntries(known),
    value: Number.isFinite(value) ? value : null,
  };
}
