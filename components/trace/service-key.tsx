import { serviceHref } from '#components/service/service-href.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { TraceFacts } from './trace-facts.ts';

interface ServiceKeyProps {
  services: TraceFacts['services'];
  colours: ReadonlyMap<string, string>;
  /** Whether the dark line of the critical path is drawn. */
  hasPath?: boolean;
}

/** Which colour is which service, and what the dark line is. */
export function ServiceKey({ services, colours, hasPath = false }: ServiceKeyProps) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-xs text-ink-muted">
      {services.map(({ service, spans, errors }) => (
        <li key={service} className="inline-flex items-center gap-1.5">
          <svg aria-hidden width="10" height="10">
            <rect width="10" height="10" rx="2" fill={colours.get(service)} />
          </svg>
          <TextLink href={serviceHref(service)} className="text-ink-muted">
            {service}
          </TextLink>
          <span className="text-ink-faint">{spans}</span>
          {errors > 0 && (
            <span className="inline-flex items-center gap-1 text-critical">
              <StatusGlyph tone="critical" size={10} label="failed" />
              {errors}
            </span>
          )}
        </li>
      ))}
      {hasPath && (
        <li className="ml-auto inline-flex items-center gap-1.5 max-md:hidden">
          <svg aria-hidden width="16" height="2">
            <rect width="16" height="2" className="fill-ink" />
          </svg>
          critical path
        </li>
      )}
    </ul>
  );
}
