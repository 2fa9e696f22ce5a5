import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import type { Alert, Rule } from '#server/rules/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { severityTone } from '#components/ui/tone.ts';
import { SilenceButton } from '#components/silence/silence-button.tsx';
import { draftFor } from '#components/silence/silence-draft.ts';
import { AcknowledgeButton } from './acknowledge-button.tsx';
import { alertDoors } from './alert-doors.ts';
import { alertSummary } from './alert-summary.ts';
import { formatAlertValue } from './alert-value.ts';
import { DeliveryReceipt } from './delivery-receipt.tsx';
import { Labels } from './labels.tsx';
import { MuteNote } from './mute-note.tsx';

interface AlertDetailsProps {
  alert: Alert;
  /** The rule that made it; gives the unit of its value. */
  rule: Rule | undefined;
}

/** One alert whole: what, where, since when, how bad, who was told, and where to go from here. */
export function AlertDetails({ alert, rule }: AlertDetailsProps) {
  const summary = alertSummary(alert);
  const description = alert.annotations['description'];
  const open = alert.state === 'firing' || alert.state === 'pending';
  return (
    <li className="grid animate-enter grid-cols-[16px_minmax(0,1fr)] gap-x-3 border-b border-line px-4 py-3 last:border-0 xl:grid-cols-[16px_minmax(0,1fr)_minmax(260px,360px)]">
      <StatusGlyph
        tone={open ? severityTone(alert.severity) : 'neutral'}
        label={`${alert.severity}, ${alert.state}`}
        size={15}
        className="mt-[3px]"
      />
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            data-row
            href={alert.href}
            prefetch={false}
            className="rounded-sm text-md font-semibold text-ink hover:text-accent"
          >
            {summary}
          </Link>
          <Badge tone={open ? severityTone(alert.severity) : 'neutral'} glyph={false}>
            {alert.severity}
          </Badge>
          {alert.silencedBy.length > 0 && (
            <Badge tone="info" glyph={false}>
              silenced
            </Badge>
          )}
          {alert.inhibitedBy.length > 0 && (
            <Badge tone="info" glyph={false}>
              inhibited
            </Badge>
          )}
          {alert.acknowledged && open && <Badge tone="ok">acknowledged</Badge>}
        </h3>
        {description && description !== summary && (
          <p className="max-w-[80ch] text-ink-muted text-pretty">{description}</p>
        )}
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-muted">
          <span>
            {alert.state === 'pending' ? 'pending since ' : 'since '}
            <Moment ms={alert.firedMs ?? alert.activeSinceMs} show="both" />
          </span>
          {alert.resolvedMs !== null && (
            <span>lasted {formatSpan(alert.resolvedMs - (alert.firedMs ?? alert.activeSinceMs))}</span>
          )}
          {alert.value !== null && (
            <span>
              value <span className="font-medium text-ink">{formatAlertValue(alert.value, rule?.expr ?? '')}</span>
            </span>
          )}
        </p>
        <MuteNote alert={alert} />
        <div className="mt-2">
          <Labels labels={alert.labels} />
        </div>
      </div>
      <div className="col-start-2 mt-3 flex min-w-0 flex-col gap-2.5 xl:col-start-3 xl:mt-0 xl:items-end">
        <div className="flex flex-wrap gap-1.5">
          {alertDoors(alert).map((door) => (
            <Link key={door.href} href={door.href} prefetch={false} className={buttonClass('secondary', 'sm')}>
              {door.label}
              <ArrowUpRight size={12} aria-hidden className="text-ink-faint" />
            </Link>
          ))}
        </div>
        {open && (
          <div className="flex flex-wrap gap-1.5">
            {alert.state === 'firing' && <AcknowledgeButton id={alert.id} again={alert.acknowledged !== null} />}
            <SilenceButton label="Silence" matchers={draftFor(alert)} />
          </div>
        )}
        <ul aria-label="Notifications" className="flex flex-col gap-1 text-xs xl:items-end">
          {alert.notifications.map((delivery) => (
            <li key={`${delivery.channel} ${delivery.event} ${delivery.atMs}`} className="max-w-full">
              <DeliveryReceipt delivery={delivery} />
            </li>
          ))}
          {alert.notifications.length === 0 && (
            <li className="text-ink-faint">
              {alert.state === 'pending' ? 'nobody is told while it is pending' : 'nobody was told'}
            </li>
          )}
        </ul>
      </div>
    </li>
  );
}
