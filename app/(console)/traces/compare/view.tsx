'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { readTraceId } from '#components/shell/read-trace-id.ts';
import { TraceIdField } from '#components/trace/trace-id-field.tsx';
import { TraceMissing } from '#components/trace/trace-missing.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { compareParams } from '../search-params.ts';
import { CompareBody } from './compare-body.tsx';

export function CompareTracesView() {
  const [{ a, b, only }, setParams] = useQueryStates(compareParams);
  const first = useTrace(a);
  const second = useTrace(b);
  const missing = [first, second].find(({ error, data }) => error?.data?.code === 'NOT_FOUND' && !data);
  const both = {
    data: first.data && second.data && { first: first.data, second: second.data },
    error: first.error ?? second.error,
    isPending: first.isPending || second.isPending,
    dataUpdatedAt: Math.min(first.dataUpdatedAt, second.dataUpdatedAt),
    refetch: () => void Promise.all([first.refetch(), second.refetch()]),
  };
  const chosen = readTraceId(a) !== null && readTraceId(b) !== null;
  return (
    <>
      <nav aria-label="Where you are" className="mb-2 text-xs text-ink-faint">
        <TextLink href="/traces">Traces</TextLink> / compare
      </nav>
      {missing ? (
        <TraceMissing traceId={missing === first ? a : b} retry={() => void missing.refetch()} />
      ) : (
        <>
          <PageHeader
            title="Compare two traces"
            lead="Calls made along the same way stand in one row, however often they were made."
            actions={
              chosen && (
                <Button onClick={() => void setParams({ a: b, b: a })}>
                  <ArrowLeftRight size={12} aria-hidden /> Swap
                </Button>
              )
            }
          />
          {chosen ? (
            <QueryState
              query={both}
              what="The traces"
              loading={
                <Panel label="Loading">
                  <SkeletonRows rows={14} />
                </Panel>
              }
            >
              {({ first: one, second: other }) => (
                <CompareBody a={one} b={other} only={only} onOnly={(next) => void setParams({ only: next })} />
              )}
            </QueryState>
          ) : (
            <Panel label="Nothing to compare yet">
              <Empty
                title="Two traces are needed"
                action={
                  <span className="flex flex-wrap items-center justify-center gap-2">
                    <TraceIdField />
                    <TextLink href="/traces" className={`${buttonClass('primary')} no-underline`}>
                      Choose from the list
                    </TextLink>
                  </span>
                }
              >
                Tick two in the list of traces, or open one and choose Compare.
              </Empty>
            </Panel>
          )}
        </>
      )}
    </>
  );
}

function useTrace(text: string) {
  const traceId = readTraceId(text);
  return useQuery({
    ...useTRPC().traces.get.queryOptions({ traceId: traceId ?? '0'.repeat(32) }),
    enabled: traceId !== null,
  });
}
