'use client';

import type { Incident, IncidentReport } from '#server/incidents/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { describeIncident, nameIncident } from './describe-incident.ts';
import { foldAlerts } from './fold-alerts.ts';
import { summariseIncidents } from './summarise-incidents.ts';

/** What counts, for the plate of the panel. */
export const INCIDENTS_NOTE = 'Last 30 days: a critical alert fired or, by the hour, an objective was missed.';
const DAYS = 30;
/** Alerts that are named; the others are counted. */
const ALERTS_MAX = 5;

interface IncidentListProps {
  report: IncidentReport;
  /** For readers without the console, for whom nothing leads further. */
  plain?: boolean;
}

/** The incidents, newest first. */
export function IncidentList({ report, plain = false }: IncidentListProps) {
  if (report.incidents.length === 0) {
    return (
      <Empty title={`No incident in ${DAYS} days`}>
        No critical alert fired, and no hour was under an objective, as far as was measured.
      </Empty>
    );
  }
  return (
    <>
      <p className="border-b border-line px-4 py-2.5 text-ink-muted text-pretty">
        {summariseIncidents(report.incidents)}
      </p>
      <ol>
        {report.incidents.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} nowMs={report.atMs} plain={plain} />
        ))}
      </ol>
    </>
  );
}

function IncidentRow({ incident, nowMs, plain }: { incident: Incident; nowMs: number; plain: boolean }) {
  const { id, startMs, endMs, alerts } = incident;
  const kinds = foldAlerts(alerts);
  return (
    <li
      id={`incident-${id}`}
      className="grid scroll-mt-16 grid-cols-[minmax(0,1fr)_minmax(180px,auto)_96px] gap-x-5 gap-y-1 border-b border-line px-4 py-3 last:border-b-0 break-inside-avoid target:bg-selected max-sm:grid-cols-2"
    >
      <div className="min-w-0 max-sm:col-span-2">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium text-ink">{nameIncident(incident)}</span>
          {endMs === null && <Badge tone="critical">Goes on</Badge>}
        </p>
        <p className="text-ink-muted text-pretty">{describeIncident(incident)}</p>
        {alerts.length > 0 && (
          <ul className="mt-0.5 flex flex-col text-xs">
            {kinds.slice(0, ALERTS_MAX).map(({ alert, times }) => (
              <li key={alert.id} className="text-ink-muted">
                {plain ? (
                  alert.summary
                ) : (
                  <TextLink href={alert.href} title={alert.rule}>
                    {alert.summary}
                  </TextLink>
                )}
                {times > 1 && `, ${times} times`}
              </li>
            ))}
            {kinds.length > ALERTS_MAX && <li className="text-ink-muted">and {kinds.length - ALERTS_MAX} more</li>}
          </ul>
        )}
      </div>
      <p className="text-xs text-ink-muted">
        <Moment ms={startMs} />
        {endMs !== null && (
          <>
            {' '}
            to <Moment ms={endMs} />
          </>
        )}
      </p>
      <p className="text-right text-xs font-medium text-ink">
        <span className="sr-only">Lasted </span>
        {formatSpan((endMs ?? nowMs) - startMs)}
      </p>
    </li>
  );
}
