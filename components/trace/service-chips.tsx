interface ServiceChipsProps {
  services: readonly { service: string; spanCount: number }[];
  colours: ReadonlyMap<string, string>;
}

const SHOWN_MAX = 5;

/** The services of a trace with their number of spans. */
export function ServiceChips({ services, colours }: ServiceChipsProps) {
  const rest = services.slice(SHOWN_MAX);
  return (
    <ul className="flex gap-1.5">
      {services.slice(0, SHOWN_MAX).map(({ service, spanCount }) => (
        <li
          key={service}
          title={`${service}: ${spanCount === 1 ? '1 span' : `${spanCount} spans`}`}
          className="inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded-sm bg-hover px-1.5 text-2xs text-ink-muted"
        >
          <svg aria-hidden width="6" height="6">
            <circle cx="3" cy="3" r="3" fill={colours.get(service)} />
          </svg>
          {service} <span className="text-ink-faint">{spanCount}</span>
        </li>
      ))}
      {rest.length > 0 && (
        <li
          title={rest.map(({ service }) => service).join(', ')}
          className="inline-flex h-5 items-center whitespace-nowrap text-2xs text-ink-faint"
        >
          +{rest.length}
        </li>
      )}
    </ul>
  );
}
