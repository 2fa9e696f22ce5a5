import type { TraceService } from '#server/store/queries/trace-summaries.ts';
import type { TraceSummary } from './schema.ts';

const US_PER_MS = 1_000;

/** One line for each trace; its root is the span without a parent, or the earliest when that never arrived. */
export function summariseTraces(parts: readonly TraceService[]): TraceSummary[] {
  return [...Map.groupBy(parts, ({ traceId }) => traceId)].map(([traceId, services]) => {
    const [root] = services.toSorted((a, b) => Number(b.isRoot) - Number(a.isRoot) || a.firstUs - b.firstUs);
    const startUs = Math.min(...services.map((part) => part.startUs));
    const endUs = Math.max(...services.map((part) => part.endUs));
    return {
      traceId,
      rootService: root?.service ?? '',
      rootOperation: root?.firstOperation ?? '',
      startMs: Math.floor(startUs / US_PER_MS),
      durationMs: (endUs - startUs) / US_PER_MS,
      spanCount: sum(services.map(({ spans }) => spans)),
      errorCount: sum(services.map(({ errors }) => errors)),
      refusedCount: sum(services.map(({ refused }) => refused)),
      services: services
        .map(({ service, spans }) => ({ service, spanCount: spans }))
        .toSorted((a, b) => b.spanCount - a.spanCount),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
