'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRef } from 'react';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';

export function RunbooksView() {
  const trpc = useTRPC();
  const runbooks = useQuery(trpc.runbooks.list.queryOptions());
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  return (
    <div className="max-w-[720px]">
      <PageHeader
        title="Runbooks"
        lead="What to do when an alert fires: Markdown files in config/runbooks, kept in git beside the rules that name them."
      />
      <Panel label="Runbooks">
        <QueryState
          query={runbooks}
          what="The runbooks"
          loading={<SkeletonRows rows={4} />}
          isEmpty={(all) => all.length === 0}
          empty={
            <Empty title="No runbook is written yet">
              Put a Markdown file into <code>config/runbooks</code> and name it in a rule's <code>runbook</code>{' '}
              annotation.
            </Empty>
          }
        >
          {(all) => (
            <div ref={list}>
              {all.map((runbook) => (
                <Link
                  key={runbook.name}
                  href={`/runbooks/${runbook.name}`}
                  data-row
                  className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 border-b py-1.5 border-line px-4 -outline-offset-2 last:border-0 hover:bg-hover"
                >
                  <span className="min-w-0">{runbook.title}</span>
                  <code className="text-ink-faint max-md:w-full">{runbook.name}</code>
                </Link>
              ))}
            </div>
          )}
        </QueryState>
      </Panel>
    </div>
  );
}
