'use client';

import { useQuery } from '@tanstack/react-query';
import type { CheckDetail } from '#server/integrity/schema.ts';
import { CheckFacts } from '#components/check/check-facts.tsx';
import { RunNow } from '#components/check/run-now.tsx';
import { RunsTable } from '#components/check/runs-table.tsx';
import { ViolationsTable } from '#components/check/violations-table.tsx';
import { countOf, formatInteger } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { checkQuery } from '../queries.ts';

export function CheckView({ name }: { name: string }) {
  const trpc = useTRPC();
  const check = useQuery(checkQuery(trpc, name));
  return (
    <>
      <nav aria-label="Where you are" className="mb-2 text-xs text-ink-faint">
        <TextLink href="/integrity">Integrity</TextLink> / {name}
      </nav>
      <PageHeader
        title={check.data?.title ?? name}
        lead={check.data?.description ?? ' '}
        actions={<RunNow name={name} />}
      />
      <QueryState
        query={check}
        what="The check"
        loading={
          <Panel label="Loading">
            <SkeletonRows rows={8} />
          </Panel>
        }
      >
        {(detail) => <Detail check={detail} />}
      </QueryState>
    </>
  );
}

function Detail({ check }: { check: CheckDetail }) {
  const { lastRun } = check;
  return (
    <div className="flex flex-col gap-5">
      <Panel label="Standing">
        <CheckFacts check={check} />
        {lastRun?.error && (
          <div role="alert" className="border-t border-line bg-warn-soft px-4 py-2.5">
            <p className="text-xs font-medium text-warn">Postgres answered the last run with:</p>
            <pre className="overflow-x-auto whitespace-pre-wrap break-words text-ink">{lastRun.error}</pre>
          </div>
        )}
      </Panel>
      <Panel title="Rows that should not be" note={violationsNote(check)}>
        {check.violations.length > 0 ? (
          <ViolationsTable violations={check.violations} />
        ) : lastRun === null ? (
          <Empty title="Not run yet">Run it now, or wait for its schedule.</Empty>
        ) : lastRun.status === 'failed' ? (
          <Empty title="It is not known whether there are any">The last run failed with the message above.</Empty>
        ) : (
          <Empty title="There are none">The last run found every row in order.</Empty>
        )}
      </Panel>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Runs" note={check.runs.length > 0 ? `the newest ${check.runs.length}` : undefined}>
          {check.runs.length > 0 ? (
            <RunsTable runs={check.runs} severity={check.severity} />
          ) : (
            <Empty title="Not run yet">Each run will be listed here with what it found.</Empty>
          )}
        </Panel>
        <Panel title="SQL" note="lists the rows that should not be; run by a role that may only read">
          <pre className="scroll-x p-4 text-ink-muted">
            <code>{check.sql}</code>
          </pre>
        </Panel>
      </div>
    </div>
  );
}

function violationsNote({ violations, lastRun }: CheckDetail): string | undefined {
  if (violations.length === 0 || !lastRun) return undefined;
  const fresh = `${formatInteger(lastRun.newViolations)} new`;
  if (violations.length >= lastRun.violations) return `${countOf(lastRun.violations, 'row')}, ${fresh}`;
  return `${formatInteger(violations.length)} of ${countOf(lastRun.violations, 'row')}, ${fresh}`;
}
