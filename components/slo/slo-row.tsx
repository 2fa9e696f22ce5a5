'use client';

import type { ReactNode } from 'react';
import type { Incident } from '#server/incidents/schema.ts';
import type { SloHealth } from '#server/slos/schema.ts';
import { formatCount, formatInteger, NOTHING, significant } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { serviceHref } from '#components/service/service-href.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { DayBars } from './day-bars.tsx';
import { describePromise, SLO_STATES } from './slo-state.ts';

interface SloRowProps {
  slo: SloHealth;
  /** The incident that a day leads to. */
  incidentDays: ReadonlyMap<number, Incident>;
  /** Left out for readers without the console, for whom nothing leads further. */
  onEdit?: () => void;
}

/** One objective: what was promised, how it stands, what is left, how fast that goes, and the days behind it. */
export function SloRow({ slo, incidentDays, onEdit }: SloRowProps) {
  const { word, tone } = SLO_STATES[slo.status];
  return (
    <li
      data-status={slo.status}
      className="grid grid-cols-[minmax(180px,1.5fr)_repeat(4,minmax(72px,0.6fr))_minmax(220px,2.2fr)_auto] items-center gap-x-4 gap-y-3 border-b border-line px-4 py-3 last:border-b-0 break-inside-avoid max-xl:grid-cols-4 max-sm:grid-cols-2"
    >
      <div className="min-w-0 self-start max-xl:col-span-3 max-sm:col-span-2 print:col-span-4">
        <p className="flex items-center gap-2">
          {onEdit ? (
            <TextLink data-row href={serviceHref(slo.service)} className="font-medium">
              {slo.service}
            </TextLink>
          ) : (
            <span className="font-medium">{slo.service}</span>
          )}
          <Badge tone={tone}>{word}</Badge>
        </p>
        <p className="text-xs text-ink-muted">
          {describePromise(slo)}, over {slo.windowDays} days
        </p>
      </div>
      <div className="hidden justify-self-end max-xl:block max-sm:hidden print:hidden">
        {onEdit && <EditButton slo={slo} onEdit={onEdit} />}
      </div>
      <Figure
        label="Achieved"
        detail={
          slo.requests > 0
            ? `${formatInteger(slo.bad)} of ${formatInteger(slo.requests)} ${slo.kind === 'latency' ? 'too slow' : 'failed'}`
            : 'no requests'
        }
      >
        {formatRatio(slo.achieved)}
      </Figure>
      <Figure
        label="Budget left"
        detail={
          slo.budgetLeft === null ? undefined : (
            <Meter
              value={slo.budgetLeft}
              tone={tone === 'ok' ? 'neutral' : tone}
              label={`Error budget left: ${budgetText(slo.budgetLeft)}`}
            />
          )
        }
      >
        {slo.budgetLeft === null ? NOTHING : budgetText(slo.budgetLeft)}
      </Figure>
      <Figure label="Burn, 1 h">{paceText(slo.burnRate1h)}</Figure>
      <Figure label="Burn, 6 h">{paceText(slo.burnRate6h)}</Figure>
      <div className="min-w-0 max-xl:col-span-4 max-sm:col-span-2">
        <DayBars days={slo.days} target={slo.target} incidentDays={incidentDays} />
        <p className="mt-1 flex justify-between text-2xs text-ink-faint">
          <span>90 days ago</span>
          {slo.measuredSinceMs !== null && (
            <span>measured since {new Date(slo.measuredSinceMs).toISOString().slice(0, 10)}</span>
          )}
          <span>today</span>
        </p>
      </div>
      <div className="justify-self-end max-xl:hidden max-sm:col-span-2 max-sm:block print:hidden">
        {onEdit && <EditButton slo={slo} onEdit={onEdit} />}
      </div>
    </li>
  );
}

function EditButton({ slo, onEdit }: { slo: SloHealth; onEdit: () => void }) {
  return (
    <Button size="sm" variant="ghost" onClick={onEdit} aria-label={`Edit the ${slo.kind} objective of ${slo.service}`}>
      Edit
    </Button>
  );
}

function Figure({ label, detail, children }: { label: string; detail?: ReactNode; children: ReactNode }) {
  return (
    <dl className="min-w-0 self-start">
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="text-md font-medium">{children}</dd>
      {detail && <dd className="flex min-h-4 items-center text-2xs text-ink-muted">{detail}</dd>}
    </dl>
  );
}

/** An overdrawn budget is told as such: minus 900 % is a number for nobody. */
function budgetText(left: number): string {
  if (left >= 0) return formatRatio(left);
  return left > -1 ? `${formatRatio(-left)} over` : `${timesText(1 - left)} used`;
}

function paceText(rate: number | null): string {
  return rate === null ? NOTHING : timesText(rate);
}

function timesText(value: number): string {
  return `${value < 1_000 ? significant(value, 2) : formatCount(value)} ×`;
}
