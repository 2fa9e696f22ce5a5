import Link from 'next/link';

interface TraceLinksProps {
  /** In the order in which their calls failed. */
  traceIds: readonly string[];
  /** Of more than these the last are shown. */
  max?: number;
}

/** Links to traces by the first digits of their ids. */
export function TraceLinks({ traceIds, max = Infinity }: TraceLinksProps) {
  const all = [...new Set(traceIds)];
  const before = Math.max(0, all.length - max);
  return (
    <ul className="flex flex-wrap gap-1.5">
      {all.slice(before).map((traceId) => (
        <li key={traceId}>
          <Link
            href={`/traces/${traceId}`}
            prefetch={false}
            title={traceId}
            aria-label={`Trace ${traceId.slice(0, 8)}`}
            className="inline-flex h-5 items-center rounded-sm border border-line-strong bg-surface px-1.5 text-ink-muted hover:border-accent hover:text-accent"
          >
            <code className="text-2xs">{traceId.slice(0, 8)}</code>
          </Link>
        </li>
      ))}
      {before > 0 && <li className="text-2xs leading-5 text-ink-faint">and {before} that failed before</li>}
    </ul>
  );
}
