'use client';

import type { SharedHealth } from '#server/health-shares/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { IncidentList, INCIDENTS_NOTE } from '#components/incident/incident-list.tsx';
import { ClockProvider } from '#components/live/clock.tsx';
import { Wordmark } from '#components/shell/wordmark.tsx';
import { HealthLead } from '#components/slo/health-lead.tsx';
import { SloList } from '#components/slo/slo-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';

/** The content of the health page, with nothing that leads further. */
export function SharedHealthView({ shared, renderedAtMs }: { shared: SharedHealth; renderedAtMs: number }) {
  return (
    <ClockProvider renderedAtMs={renderedAtMs}>
      <main className="mx-auto w-full max-w-[1440px] px-8 pb-16 pt-6 max-md:px-4">
        <p className="mb-6 flex items-center gap-4 text-xs text-ink-muted">
          <Wordmark />
          {shared.state === 'open' && (
            <span>
              Shared for reading until <Moment ms={shared.expiresMs} />
            </span>
          )}
        </p>
        {shared.state === 'open' ? <Report {...shared} /> : <Closed shared={shared} />}
      </main>
    </ClockProvider>
  );
}

function Report({ report, incidents }: Extract<SharedHealth, { state: 'open' }>) {
  return (
    <>
      <PageHeader title="Health" lead={<HealthLead report={report} />} />
      <Panel title="Objectives" note="Worst first. Days are UTC; a low tick is a day without data.">
        {report.objectives.length > 0 ? (
          <SloList report={report} incidents={incidents.incidents} />
        ) : (
          <Empty title="Nothing is promised yet">No objective is set, so there is nothing to show.</Empty>
        )}
      </Panel>
      <Panel title="Incidents" note={INCIDENTS_NOTE} className="mt-4">
        <IncidentList report={incidents} plain />
      </Panel>
    </>
  );
}

function Closed({ shared }: { shared: Exclude<SharedHealth, { state: 'open' }> }) {
  return (
    <>
      <h1 className="text-xl font-semibold text-ink">
        {shared.state === 'expired' && 'This link has expired'}
        {shared.state === 'revoked' && 'This link was revoked'}
        {shared.state === 'unknown' && 'This link opens nothing'}
      </h1>
      <p className="mt-1 max-w-[60ch] text-ink-muted text-pretty">
        {shared.state === 'unknown' ? (
          'Perhaps a part of it was lost on the way, or it ended long ago.'
        ) : (
          <>
            It ended on <Moment ms={shared.atMs} />.
          </>
        )}{' '}
        Ask whoever sent it to you for a new one.
      </p>
    </>
  );
}
