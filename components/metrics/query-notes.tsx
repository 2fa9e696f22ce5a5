import type { MetricsNotes } from '#server/metrics/schema.ts';

/** What Prometheus remarks about an answer that it gave all the same. */
export function QueryNotes({ warnings, infos }: MetricsNotes) {
  if (warnings.length + infos.length === 0) return null;
  return (
    <ul className="border-t border-line px-4 py-1.5 text-xs">
      {warnings.map((text) => (
        <li key={text} className="text-warn">
          Warning: {text}
        </li>
      ))}
      {infos.map((text) => (
        <li key={text} className="text-ink-muted">
          Note: {text}
        </li>
      ))}
    </ul>
  );
}
