'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Printer, Share2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryState } from 'nuqs';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { enumerate } from '#components/format/enumerate.ts';
import { IncidentList, INCIDENTS_NOTE } from '#components/incident/incident-list.tsx';
import { HealthLead } from '#components/slo/health-lead.tsx';
import { SloList } from '#components/slo/slo-list.tsx';
import type { Incident } from '#server/incidents/schema.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { healthQuery, incidentsQuery } from './queries.ts';
import { healthParams } from './search-params.ts';

/** Of the services without an objective. */
const NAMES_MAX = 12;

const SloDialog = dynamic(() => import('#components/slo/slo-dialog.tsx').then((module) => module.SloDialog), {
  ssr: false,
});
const ShareDialog = dynamic(
  () => import('#components/health-share/share-dialog.tsx').then((module) => module.ShareDialog),
  {
    ssr: false,
  },
);

const NO_INCIDENTS: readonly Incident[] = [];

export function HealthView() {
  const trpc = useTRPC();
  const health = useQuery(healthQuery(trpc));
  const incidents = useQuery(incidentsQuery(trpc));
  const [edit, setEdit] = useQueryState('edit', healthParams.edit.withOptions({ history: 'push' }));
  const [share, setShare] = useQueryState('share', healthParams.share.withOptions({ history: 'push' }));
  const report = health.data;
  const edited = report?.objectives.find(({ id }) => id === edit);
  return (
    <>
      <PageHeader
        title="Health"
        lead={report ? <HealthLead report={report} /> : ' '}
        actions={
          <span className="flex flex-wrap gap-2 print:hidden">
            <Button onClick={() => setShare('links')}>
              <Share2 size={13} aria-hidden />
              Share
            </Button>
            <Button onClick={() => window.print()}>
              <Printer size={13} aria-hidden />
              Print
            </Button>
            <Button variant="primary" onClick={() => setEdit('new')}>
              <Plus size={13} aria-hidden />
              New objective
            </Button>
          </span>
        }
      />
      <Panel
        title="Objectives"
        note={
          report && report.objectives.length > 0
            ? 'Worst first. Days are UTC; a low tick is a day without data.'
            : undefined
        }
        actions={<ExplainButton what="the objectives" path="slos.health" input={{}} />}
      >
        <QueryState
          query={health}
          what="The objectives"
          loading={<SkeletonRows rows={7} />}
          isEmpty={({ objectives }) => objectives.length === 0}
          empty={
            <Empty title="Nothing is promised yet">
              An objective says how many requests of a service must be answered well. Start with one: 99.5 % without an
              error over 30 days.
            </Empty>
          }
        >
          {(data) => (
            <SloList
              report={data}
              incidents={incidents.data?.incidents ?? NO_INCIDENTS}
              onEdit={(id) => void setEdit(id)}
            />
          )}
        </QueryState>
      </Panel>
      {report && report.unwatched.length > 0 && (
        <p className="mt-3 text-xs text-ink-muted">Without an objective: {enumerate(report.unwatched, NAMES_MAX)}.</p>
      )}
      <Panel title="Incidents" note={INCIDENTS_NOTE} className="mt-4">
        <QueryState query={incidents} what="The incidents" loading={<SkeletonRows rows={3} />}>
          {(data) => <IncidentList report={data} />}
        </QueryState>
      </Panel>
      {share === 'links' && <ShareDialog onClose={() => void setShare(null)} />}
      {report && (edit === 'new' || edited) && (
        <SloDialog
          key={edit}
          slo={edited ?? null}
          services={[...new Set([...report.unwatched, ...report.objectives.map(({ service }) => service)])]}
          onClose={() => void setEdit(null)}
        />
      )}
    </>
  );
}
