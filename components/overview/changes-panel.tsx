'use client';

import Link from 'next/link';
import { useRef } from 'react';
import type { Change } from '#server/changes/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { severityTone } from '#components/ui/tone.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { foldChanges } from './fold-changes.ts';

/** What changed lately, newest first: breakers, alerts, processes, checks. */
export function ChangesPanel({ query }: { query: QueryLike<Change[]> }) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  return (
    <Panel title="What changed in the last hour" className="max-xl:order-last">
      <QueryState
        query={query}
        what="What changed"
        loading={<SkeletonRows rows={5} />}
        isEmpty={(changes) => changes.length === 0}
        empty={
          <Empty title="Nothing changed">No breaker moved, no alert fired and no process ended in the last hour.</Empty>
        }
      >
        {(changes) => (
          <ul ref={list}>
            {foldChanges(changes).map((change) => (
              <li key={`${change.title} ${change.href}`} className="animate-enter border-b border-line last:border-0">
                <Link
                  href={change.href}
                  prefetch={false}
                  data-row
                  className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 px-4 py-item-pad -outline-offset-2 hover:bg-hover"
                >
                  <StatusGlyph
                    tone={severityTone(change.severity)}
                    label={change.severity}
                    size={12}
                    className="translate-y-[1px]"
                  />
                  <span className="min-w-0 md:truncate" title={change.detail || undefined}>
                    <span className="text-ink">{change.title}</span>
                    {change.times > 1 && (
                      <span className="whitespace-nowrap text-ink-muted">
                        {' '}
                        · {change.times} times since <Moment ms={change.firstMs} />
                      </span>
                    )}
                    {change.detail && <span className="text-ink-faint max-md:hidden"> · {change.detail}</span>}
                  </span>
                  <Moment ms={change.tMs} className="text-xs text-ink-faint" />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Panel>
  );
}
