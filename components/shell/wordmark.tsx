/** The name with its sign: a bus, a closed breaker and an open one. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5 text-ink">
      <svg
        aria-hidden
        viewBox="0 0 20 20"
        width="20"
        height="20"
        fill="none"
        strokeLinecap="round"
        className="shrink-0"
      >
        <path d="M2 4h16" stroke="var(--bus)" strokeWidth="2.4" />
        <path d="M6 4v12" stroke="var(--bus)" strokeWidth="1.6" />
        <rect x="4.4" y="8" width="3.2" height="5" rx=".8" fill="var(--bus)" />
        <path d="M14 4v3.4M14 13v3" stroke="var(--accent)" strokeWidth="1.6" />
        <path d="M14 13 17.4 8" stroke="var(--accent)" strokeWidth="2" />
      </svg>
      {!compact && <span className="text-sm font-semibold tracking-[-0.005em]">Switchyard</span>}
    </span>
  );
}
