'use client';

import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { readTraceId } from '#components/shell/read-trace-id.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { compareHref } from './compare-href.ts';

export interface ComparePickerProps {
  traceId: string;
  startMs: number;
  /** Others of the same kind begin with it. */
  root: { service: string; operation: string } | undefined;
}

/** Others of about the same time are most like it. */
const AROUND_MS = 15 * 60_000;
const OFFERED = 8;

/** Chooses what to hold a trace against: one that began alike, or any by its id. */
export function ComparePicker(props: ComparePickerProps) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>
          <GitCompareArrows size={12} aria-hidden /> Compare
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Compare with another trace" className="w-[min(360px,calc(100vw-16px))] p-3">
        <Choices {...props} />
      </PopoverContent>
    </Popover>
  );
}

function Choices({ traceId, startMs, root }: ComparePickerProps) {
  const router = useRouter();
  const [unreadable, setUnreadable] = useState(false);
  const alike = useQuery({
    ...useTRPC().traces.search.queryOptions({
      range: { fromMs: startMs - AROUND_MS, toMs: startMs + AROUND_MS },
      service: root?.service,
      operation: root?.operation,
      limit: OFFERED + 1,
    }),
    enabled: root !== undefined,
  });
  return (
    <div className="flex flex-col gap-2">
      <Input
        aria-label="Id of the other trace"
        aria-invalid={unreadable}
        placeholder="Paste the id of another trace"
        spellCheck={false}
        autoComplete="off"
        className="aria-invalid:border-critical"
        onChange={({ target }) => {
          const other = readTraceId(target.value);
          setUnreadable(target.value.trim().length >= 32 && !other);
          if (other && other !== traceId) router.push(compareHref(traceId, other));
        }}
      />
      {root && (
        <>
          <p className="text-2xs text-ink-faint">Or one of the same operation, within a quarter of an hour</p>
          <QueryState query={alike} what="Others like it" loading={<SkeletonRows rows={4} />}>
            {({ traces }) => {
              const others = traces.filter((trace) => trace.traceId !== traceId).slice(0, OFFERED);
              if (others.length === 0) return <p className="text-xs text-ink-muted">There is no other.</p>;
              return (
                <ul className="flex flex-col">
                  {others.map((trace) => (
                    <li key={trace.traceId} className="flex h-7 items-center gap-2 text-xs">
                      <StatusGlyph
                        tone={trace.errorCount > 0 ? 'critical' : 'ok'}
                        size={11}
                        label={trace.errorCount > 0 ? 'failed' : 'no errors'}
                      />
                      <TextLink href={compareHref(traceId, trace.traceId)} prefetch={false}>
                        <code>{trace.traceId.slice(0, 8)}</code>
                      </TextLink>
                      <span className="text-ink-faint">
                        <Moment ms={trace.startMs} show="absolute" />
                      </span>
                      <span className="ml-auto">{formatDuration(trace.durationMs)}</span>
                    </li>
                  ))}
                </ul>
              );
            }}
          </QueryState>
        </>
      )}
    </div>
  );
}
