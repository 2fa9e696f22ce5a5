'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { ErrorFilterBar } from '#components/error-group/error-filter-bar.tsx';
import { ErrorSheet } from '#components/error-group/error-sheet.tsx';
import { ErrorTable } from '#components/error-group/error-table.tsx';
import { mergeFirstSeen } from '#components/error-group/merge-first-seen.ts';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { formatInteger } from '#components/format/number.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { errorsQueries, firstSeenQuery, samplesQuery, toGroupsInput } from './queries.ts';
import { errorsParams } from './search-params.ts';

export function ErrorsView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window, range, live } = useTimeRange();
  const [{ group, sort, ...filters }, setParams] = useQueryStates(errorsParams, { history: 'push' });
  const queries = errorsQueries(trpc, client, window, { ...filters, sort });
  const list = useQuery(queries.groups);
  const services = useQuery(queries.services);
  const firstSeen = useQuery(firstSeenQuery(trpc, client, window, list.data?.groups));
  const groups = mergeFirstSeen(list.data?.groups ?? [], firstSeen.data);
  const shown = filters.show === 'new' ? groups.filter(({ isNew }) => isNew) : groups;
  const open = groups.find(({ fingerprint }) => fingerprint === group);
  const samples = useQuery(samplesQuery(trpc, client, window, open));
  const filtered = filters.q !== null || filters.service !== null || filters.source !== null || filters.show === 'new';
  const fresh = groups.filter(({ isNew }) => isNew).length;

  return (
    <>
      <PageHeader title="Errors" lead={list.data ? leadOf(groups.length, fresh, list.data.truncated) : ' '} />
      <div className="flex flex-col gap-5">
        <Panel label="Filters">
          <ErrorFilterBar
            filters={filters}
            services={services.data?.map(({ service }) => service) ?? []}
            onChange={(change) => void setParams(change)}
          />
        </Panel>
        <Panel
          title="Kinds of error"
          note={list.data?.truncated ? `the first ${groups.length}; there are more` : undefined}
          actions={
            <ExplainButton
              what="Kinds of error"
              path="errors.groups"
              input={{ ...toGroupsInput({ ...filters, sort }), range }}
            />
          }
        >
          {firstSeen.error && (
            <p role="status" className="border-b border-line bg-warn-soft px-4 py-1 text-xs text-warn">
              Which of them are new could not be found out: {firstSeen.error.message}
            </p>
          )}
          <QueryState
            query={list}
            what="The errors"
            loading={<SkeletonRows rows={8} />}
            isEmpty={() => shown.length === 0}
            empty={
              filtered ? (
                <Empty
                  title="No error matches"
                  action={
                    <Button onClick={() => setParams({ q: null, service: null, source: null, show: null })}>
                      Clear filters
                    </Button>
                  }
                />
              ) : (
                <Empty title="Nothing failed in this time">
                  Failed spans, exceptions and lines of severity error and above would be gathered here by kind.
                </Empty>
              )
            }
          >
            {() => (
              <ErrorTable
                groups={shown}
                selected={group}
                sort={sort}
                onSort={(next) => void setParams({ sort: next })}
                onSelect={(fingerprint) => void setParams({ group: fingerprint })}
              />
            )}
          </QueryState>
        </Panel>
      </div>
      {open && (
        <ErrorSheet
          group={open}
          samples={samples}
          fixedRange={live ? undefined : range}
          onClose={() => void setParams({ group: null })}
        />
      )}
    </>
  );
}

function leadOf(kinds: number, fresh: number, truncated: boolean): string {
  if (kinds === 0) return 'No failure of any kind in this time.';
  const all = `${truncated ? 'More than ' : ''}${formatInteger(kinds)} ${kinds === 1 ? 'kind' : 'kinds'} of error`;
  return fresh > 0 ? `${all}, ${formatInteger(fresh)} never seen before.` : `${all}.`;
}
