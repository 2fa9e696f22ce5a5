'use client';

import type { ReactNode } from 'react';
import type { Check } from '#server/integrity/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { NOTHING } from '#components/format/number.ts';
import { CheckBadge } from './check-badge.tsx';
import { HistoryStrip } from './history-strip.tsx';

/** The standing of a check in one line of facts. */
export function CheckFacts({ check }: { check: Check }) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 px-4 py-3">
      <Item label="Result">
        <CheckBadge status={check.status} severity={check.severity} />
      </Item>
      <Item label="Last 30 runs">
        <HistoryStrip history={check.history} severity={check.severity} />
      </Item>
      <Item label="Severity">{check.severity}</Item>
      <Item label="Owner">{check.owner}</Item>
      <Item label="Schedule">
        <code>{check.schedule}</code>
      </Item>
      <Item label="Last run">{check.lastRun ? <Moment ms={check.lastRun.startedMs} show="both" /> : NOTHING}</Item>
      <Item label="Next run">
        {check.running ? 'running' : check.nextRunMs ? <Moment ms={check.nextRunMs} show="relative" /> : NOTHING}
      </Item>
    </dl>
  );
}

function Item({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="flex h-5 items-center text-ink">{children}</dd>
    </div>
  );
}
