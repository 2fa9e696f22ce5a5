'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Printer } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryState } from 'nuqs';
import { useRef } from 'react';
import type { HealthReport } from '#server/slos/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { SLO_ORDER } from '#components/slo/slo-state.ts';
import { SloRow } from '#components/slo/slo-row.tsx';
import { summariseHealth } from '#components/slo/summarise-health.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { healthQuery } from './queries.ts';
import { healthParams } from './search-params.ts';

const SloDialog = dynamic(() => import('#components/slo/slo-dialog.tsx').then((module) => module.SloDialog), {
  ssr: false,
});

export function HealthView() {
  const trpc = useTRPC();
  const health = useQuery(healthQuery(trpc));
  const [edit, setEdit] = useQueryState('edit', healthParams.edit.withOptions({ history: 'push' }));
  const report = health.data;
  const edited = report?.objectives.find(({ id }) => id === edit);
  return (
    <>
      <PageHeader
        title="Health"
        lead={report ? <Lead report={report} /> : ' '}
        actions={
          <span className="contents print:hidden">
            <Button onClick={() => window.print()} className="print:hidden">
              <Printer size={13} aria-hidden />
              Print
            </Button>
            <Button variant="primary" onClick={() => setEdit('new')} className="print:hidden">
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
          {(data) => <Objectives report={data} onEdit={(id) => void setEdit(id)} />}
        </QueryState>
      </Panel>
      {report && report.unwatched.length > 0 && (
        <p className="mt-3 text-xs text-ink-muted">Without an objective: {report.unwatched.join(', ')}.</p>
      )}
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

function Lead({ report }: { report: HealthReport }) {
  const [verdict, ...details] = summariseHealth(report.objectives);
  return (
    <>
      <p className="text-md text-ink">{verdict}</p>
      {details.length > 0 && <p>{details.join(' ')}</p>}
      <p className="text-xs text-ink-faint">
        As of <Moment ms={report.atMs} />
      </p>
    </>
  );
}

function Objectives({ report, onEdit }: { report: HealthReport; onEdit: (id: string) => void }) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  const sorted = report.objectives.toSorted(
    (a, b) => SLO_ORDER.indexOf(a.status) - SLO_ORDER.indexOf(b.status) || a.service.localeCompare(b.service),
  );
  return (
    <ul ref={list}>
      {sorted.map((slo) => (
        <SloRow key={slo.id} slo={slo} onEdit={() => onEdit(slo.id)} />
      ))}
    </ul>
  );
}
