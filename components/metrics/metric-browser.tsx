'use client';

import { useMemo, useState } from 'react';
import type { MetricName } from '#server/metrics/schema.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Dialog, SheetContent } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Input } from '#components/ui/input.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { findMetrics } from './find-metrics.ts';

interface MetricBrowserProps {
  names: QueryLike<MetricName[]>;
  onPick: (metric: MetricName) => void;
  onClose: () => void;
}

/** More rows than this are not read; the search narrows them. */
const SHOWN_MAX = 200;

/** Every metric with its type and what it says about itself; choosing one asks a first question about it. */
export function MetricBrowser({ names, onPick, onClose }: MetricBrowserProps) {
  const [text, setText] = useState('');
  const found = useMemo(() => findMetrics(names.data ?? [], text), [names.data, text]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <SheetContent title="Metrics" description="Seen in the last day. Choosing one asks a first question about it.">
        <div className="sticky top-0 z-10 border-b border-line bg-surface px-4 py-2.5">
          <Input
            autoFocus
            type="search"
            aria-label="Search metrics"
            placeholder="Name or help"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="w-full"
          />
        </div>
        <QueryState
          query={names}
          what="The metrics"
          loading={<SkeletonRows rows={12} />}
          isEmpty={() => found.length === 0}
          empty={
            <Empty title={text ? 'No metric is called that' : 'No metric was sent yet'}>
              {text ? (
                'Search for a part of the name, or for a word of its help.'
              ) : (
                <>
                  Name what is to be scraped in config/targets.yaml, or send metrics by OTLP to <OtlpUrl />.
                </>
              )}
            </Empty>
          }
        >
          {() => (
            <ul aria-label="Metrics">
              {found.slice(0, SHOWN_MAX).map((metric) => (
                <li key={metric.name} className="border-b border-line last:border-b-0">
                  <button
                    type="button"
                    onClick={() => onPick(metric)}
                    className="block w-full px-4 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
                  >
                    <span className="flex items-baseline gap-2">
                      <span className="min-w-0 break-all font-mono text-xs text-ink">{metric.name}</span>
                      {metric.type && <Badge className="ml-auto">{metric.type}</Badge>}
                    </span>
                    {metric.help && <span className="mt-0.5 block text-xs text-ink-muted">{metric.help}</span>}
                  </button>
                </li>
              ))}
              {found.length > SHOWN_MAX && (
                <li className="px-4 py-2.5 text-xs text-ink-faint">
                  {found.length - SHOWN_MAX} more: search to narrow them.
                </li>
              )}
            </ul>
          )}
        </QueryState>
      </SheetContent>
    </Dialog>
  );
}
