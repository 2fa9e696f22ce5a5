'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/context.ts';
import { QueryState } from '#components/ui/query-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

export function RunbookView({ name }: { name: string }) {
  const trpc = useTRPC();
  const runbook = useQuery(trpc.runbooks.get.queryOptions({ name }));
  return (
    <div className="mx-auto max-w-[760px] pb-10">
      <nav aria-label="Where you are" className="mb-4 text-xs text-ink-faint">
        <TextLink href="/alerts">Alerts</TextLink> / <TextLink href="/runbooks">Runbooks</TextLink> / {name}
      </nav>
      <QueryState query={runbook} what="The runbook" loading={<ProseSkeleton />}>
        {({ title, html }) => (
          <article className="rounded-md border border-line bg-surface px-10 py-8 max-md:px-5 max-md:py-5">
            {/* Markdown usually opens with its title; where it does not, the page needs a heading all the same. */}
            {!/^\s*<h1[\s>]/.test(html) && <h1 className="mb-4 text-2xl font-semibold tracking-[-0.018em]">{title}</h1>}
            {/* Safe because the server renders and sanitises it (server/runbooks). */}
            <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
          </article>
        )}
      </QueryState>
    </div>
  );
}

function ProseSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the runbook"
      className="flex flex-col gap-3 rounded-md border border-line bg-surface px-10 py-9"
    >
      <Skeleton className="mb-3 h-7 w-80" />
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-11/12" />
      <Skeleton className="h-3 w-3/4" />
    </div>
  );
}
