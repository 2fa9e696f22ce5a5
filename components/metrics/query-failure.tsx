import type { MetricsFailure } from '#server/metrics/schema.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { markLine } from './mark-line.ts';

/** Why a query has no answer, in Prometheus's words, with the place in its text. */
export function QueryFailure({ expr, failure }: { expr: string; failure: MetricsFailure }) {
  const marked = failure.position && markLine(expr, failure.position);
  return (
    <div role="alert" className="flex gap-2 border-t border-line bg-critical-soft px-4 py-2 text-xs text-critical">
      <StatusGlyph tone="critical" size={14} className="mt-px shrink-0" />
      <div className="min-w-0">
        <p className="break-words font-medium">{failure.message}</p>
        {marked && (
          <pre className="mt-1 overflow-x-auto font-mono text-ink-muted">
            {marked.before}
            <mark className="rounded-sm bg-critical text-surface">{marked.marked}</mark>
            {marked.after}
          </pre>
        )}
      </div>
    </div>
  );
}
