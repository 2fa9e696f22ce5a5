'use client';

import { useQuery } from '@tanstack/react-query';
import { byUrgency } from '#components/check/check-state.ts';
import { CheckTable } from '#components/check/check-table.tsx';
import { summariseChecks } from '#components/check/summarise-checks.ts';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { checksQuery } from './queries.ts';

export function IntegrityView() {
  const trpc = useTRPC();
  const checks = useQuery(checksQuery(trpc));
  return (
    <>
      <PageHeader title="Integrity" lead={checks.data ? summariseChecks(checks.data) : ' '} />
      <Panel
        title="Checks"
        note={checks.data && checks.data.length > 0 ? `${checks.data.length} in config/checks` : undefined}
        actions={<ExplainButton what="the checks" path="integrity.list" input={{}} />}
      >
        <QueryState
          query={checks}
          what="The checks"
          loading={<SkeletonRows rows={7} />}
          isEmpty={(all) => all.length === 0}
          empty={
            <Empty title="No check is set up">
              Put a YAML file with a name, a severity, an owner, a schedule and SQL that lists violating rows into{' '}
              <code>config/checks</code>.
            </Empty>
          }
        >
          {(all) => <CheckTable checks={all.toSorted(byUrgency)} />}
        </QueryState>
      </Panel>
    </>
  );
}
