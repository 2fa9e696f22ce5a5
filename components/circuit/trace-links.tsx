import Link from 'next/link';

/** Links to traces by the first digits of their ids. */
export function TraceLinks({ traceIds }: { traceIds: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {[...new Set(traceIds)].map((traceId) => (
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
    </ul>
  );
}
