'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Notice, NoticeReport } from '#server/notices/schema.ts';
import { useZone } from '#components/format/zone.ts';
import { useNow } from '#components/live/clock.tsx';
import { showOverlay } from '#components/shell/overlay.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, SheetContent } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { groupByTime } from './group-by-time.ts';
import { NoticeRow } from './notice-row.tsx';
import { noticesQuery } from './notices-query.ts';
import { isRead, markAllRead, useReadMemory } from './read-memory.ts';

/** What happened while nobody looked, the newest first, beside the page that one was on. */
export function NoticesSheet() {
  const query = useQuery(noticesQuery(useTRPC()));
  return (
    <Dialog open onOpenChange={(open) => !open && showOverlay(null)}>
      <SheetContent
        title="Notifications"
        description="Alerts, breakers that opened or were forced, deliveries that failed, and jobs that ended, of the last 7 days."
      >
        <QueryState
          query={query}
          what="The notifications"
          loading={<SkeletonRows rows={8} />}
          isEmpty={({ notices, missing }) => notices.length === 0 && missing.length === 0}
          empty={
            <Empty title="Nothing happened">
              No alert fired, no breaker opened, every delivery arrived, and no load test or drill ended in the last 7
              days.
            </Empty>
          }
        >
          {(report) => <NoticeList report={report} />}
        </QueryState>
      </SheetContent>
    </Dialog>
  );
}

function NoticeList({ report: { notices, missing } }: { report: NoticeReport }) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const memory = useReadMemory();
  const groups = groupByTime(notices, { nowMs: useNow(60_000), zone: useZone() });
  const isNew = (notice: Notice) => memory !== null && !isRead(memory, notice);
  const unread = notices.filter(isNew).length;
  return (
    <div ref={list}>
      <div className="flex min-h-10 items-center gap-3 border-b border-line px-4 text-xs text-ink-muted">
        {unread === 0 ? 'All read' : `${unread} not read`}
        <Button size="sm" className="ml-auto" disabled={unread === 0} onClick={() => markAllRead(notices)}>
          Mark all as read
        </Button>
      </div>
      {missing.map((what) => (
        <p
          key={what}
          role="status"
          className="flex gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs text-warn"
        >
          <StatusGlyph tone="warn" size={12} className="mt-0.5" />
          <span>Not everything is here. {what}</span>
        </p>
      ))}
      {groups.map(({ title, items }) => (
        <section key={title} aria-label={title}>
          <h3 className="sticky top-0 border-b border-line bg-surface px-4 pb-1 pt-3 text-2xs text-ink-faint">
            {title}
          </h3>
          <ul>
            {items.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} isNew={isNew(notice)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
