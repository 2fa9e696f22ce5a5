'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Silence } from '#server/silences/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { LIVE } from '#components/live/recent.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { SilenceButton } from './silence-button.tsx';
import { fromWire } from './silence-draft.ts';

/** Silences in force, to come and over, with who made them and why. */
export function SilencesPanel() {
  const trpc = useTRPC();
  const silences = useQuery({ ...trpc.silences.list.queryOptions(), meta: LIVE });
  const active = silences.data?.filter(({ state }) => state === 'active').length ?? 0;
  return (
    <Panel
      title="Silences"
      note={silences.data ? `${active} in force` : undefined}
      actions={<SilenceButton label="New silence" matchers={[{ name: 'alertname', op: '=', value: '' }]} />}
    >
      <QueryState
        query={silences}
        what="The silences"
        loading={<SkeletonRows rows={2} />}
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty title="Nothing is silenced">
            Before planned work, silence what it will set off: nobody is told, and it is still shown here.
          </Empty>
        }
      >
        {(all) => (
          <ul>
            {all.map((silence) => (
              <SilenceRow key={silence.id} silence={silence} />
            ))}
          </ul>
        )}
      </QueryState>
    </Panel>
  );
}

const STATE = { active: 'info', pending: 'neutral', expired: 'neutral' } as const;

function SilenceRow({ silence }: { silence: Silence }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const expire = useMutation({
    ...trpc.silences.expire.mutationOptions(),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.silences.list.pathFilter()),
        queryClient.invalidateQueries(trpc.alerts.list.pathFilter()),
      ]),
  });
  const { state, matchers, author, comment, startsAtMs, endsAtMs, silences } = silence;
  const drafts = matchers.map(fromWire);
  return (
    <li
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line px-4 py-2.5 last:border-0 ${state === 'expired' ? 'text-ink-muted' : ''}`}
    >
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={STATE[state]} glyph={false}>
            {state}
          </Badge>
          <code className="break-all text-xs">
            {drafts.map(({ name, op, value }) => `${name}${op}"${value}"`).join(', ')}
          </code>
        </p>
        <p className="mt-0.5 text-pretty">
          {comment} <span className="text-ink-faint">{author}</span>
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-faint">
          {state === 'pending' && (
            <span>
              begins <Moment ms={startsAtMs} show="both" />
            </span>
          )}
          <span>
            {state === 'expired' ? 'ended ' : 'until '}
            <Moment ms={endsAtMs} show="both" />
          </span>
          {state === 'active' && <span>{silences === 1 ? 'keeps back 1 alert' : `keeps back ${silences} alerts`}</span>}
        </p>
        {expire.error && <p className="text-xs text-critical">{expire.error.message}</p>}
      </div>
      {state === 'expired' ? (
        <SilenceButton label="Again" matchers={drafts} />
      ) : (
        <Button size="sm" disabled={expire.isPending} onClick={() => expire.mutate({ id: silence.id })}>
          Expire
        </Button>
      )}
    </li>
  );
}
