'use client';

import type { ErrorSample } from '#server/error-groups/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { serviceHref, tracesHref } from '#components/service/service-href.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Dialog, SheetContent } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { ErrorSampleList } from './error-sample-list.tsx';
import { errorName } from './error-name.ts';
import type { DatedGroup } from './merge-first-seen.ts';

interface ErrorSheetProps {
  group: DatedGroup;
  samples: QueryLike<ErrorSample[]>;
  /** Only when it stands still: links follow the clock otherwise. */
  fixedRange: TimeRange | undefined;
  onClose: () => void;
}

/** One kind of failure: what is known of it, where it leads, and its newest occurrences. */
export function ErrorSheet({ group, samples, fixedRange, onClose }: ErrorSheetProps) {
  const { service, operation, source } = group;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={<span className="break-words">{group.type || 'Error'}</span>}
        description={<span className="break-words">{errorName({ type: '', message: group.message })}</span>}
      >
        <div className="border-b border-line px-4 py-3">
          <Facts className="text-xs">
            <Fact label="Service">
              <TextLink href={serviceHref(service)}>{service}</TextLink>
            </Fact>
            {operation && <Fact label={source === 'log' ? 'Event' : 'Operation'}>{operation}</Fact>}
            <Fact label="Seen in">{source === 'log' ? 'log lines' : 'spans'}</Fact>
            <Fact label="Count">{formatInteger(group.count)} in this time</Fact>
            <Fact label="First seen">
              <span className="inline-flex flex-wrap items-center gap-2">
                <Moment ms={group.firstMs} show="both" />
                {group.isNew && <Badge tone="accent">new</Badge>}
              </span>
            </Fact>
            <Fact label="Last seen">
              <Moment ms={group.lastMs} show="both" />
            </Fact>
            {group.release && (
              <Fact label="Release">
                {group.release}
                {group.releases > 1 && ` and ${group.releases - 1} more`}
              </Fact>
            )}
          </Facts>
          <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs">
            {source === 'span' && (
              <TextLink href={tracesHref({ service, operation, status: 'error', range: fixedRange })}>
                Failed traces
              </TextLink>
            )}
            <TextLink href={logsHref(service, fixedRange)}>Its error lines</TextLink>
          </p>
        </div>
        <h3 className="px-4 pb-1 pt-3 text-xs font-semibold">Newest occurrences</h3>
        <QueryState
          query={samples}
          what="The occurrences"
          loading={<SkeletonRows rows={6} />}
          isEmpty={(all) => all.length === 0}
          empty={<Empty title="None in this time" />}
        >
          {(all) => <ErrorSampleList samples={all} />}
        </QueryState>
      </SheetContent>
    </Dialog>
  );
}

function logsHref(service: string, range: TimeRange | undefined): string {
  const params = new URLSearchParams({ service, level: 'error' });
  if (range) {
    params.set('from', String(range.fromMs));
    params.set('to', String(range.toMs));
  }
  return `/logs?${params}`;
}
