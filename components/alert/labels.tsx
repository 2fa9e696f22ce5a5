/** A label set as Prometheus people write it; the name of the rule and its severity stand elsewhere. */
export function Labels({ labels }: { labels: Record<string, string> }) {
  const shown = Object.entries(labels).filter(([name]) => name !== 'alertname' && name !== 'severity');
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Labels" className="flex flex-wrap gap-1">
      {shown.map(([name, value]) => (
        <li key={name} className="rounded-sm bg-hover px-1.5 text-2xs leading-5 text-ink-muted">
          <code>
            {name}=<span className="text-ink">{value}</span>
          </code>
        </li>
      ))}
    </ul>
  );
}
