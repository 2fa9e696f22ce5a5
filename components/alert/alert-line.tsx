import Link from 'next/link';
import type { Alert } from '#server/rules/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { severityTone } from '#components/ui/tone.ts';
import { alertSummary } from './alert-summary.ts';

/** An alert in two lines, with the way to where it can be seen and to its runbook. */
export function AlertLine({ alert }: { alert: Alert }) {
  return (
    <li className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 border-b border-line px-4 py-2 last:border-0">
      <StatusGlyph
        tone={alert.state === 'pending' ? 'neutral' : severityTone(alert.severity)}
        label={`${alert.severity}, ${alert.state}`}
        size={13}
        className="mt-[3.5px]"
      />
      <div className="min-w-0">
        <Link href={alert.href} prefetch={false} className="rounded-sm font-medium text-ink hover:text-accent">
          {alertSummary(alert)}
        </Link>
        <p className="flex flex-wrap items-baseline gap-x-3 text-xs text-ink-faint">
          <span>{alert.rule}</span>
          {alert.state === 'pending' && <Badge>pending</Badge>}
          <Moment ms={alert.activeSinceMs} show="relative" />
          {alert.runbook && (
            <TextLink href={`/runbooks/${alert.runbook}`} className="ml-auto text-xs">
              Runbook
            </TextLink>
          )}
        </p>
      </div>
    </li>
  );
}
