'use client';

import type { LogLine } from '#server/logs/schema.ts';
import type { Trace } from '#server/traces/schema.ts';
import { Panel } from '#components/ui/panel.tsx';
import type { Stretch } from './critical-path.ts';
import type { Details } from './expand-outline.ts';
import type { SpanSet } from './find-spans.ts';
import type { SpanRow } from './order-spans.ts';
import { ServiceKey } from './service-key.tsx';
import { SpanDetail } from './span-detail.tsx';
import type { TraceFacts } from './trace-facts.ts';
import { LaterWaterfall } from './later-views.tsx';

interface SpanPanelProps {
  trace: Trace;
  details: Details;
  rows: readonly SpanRow[];
  selfUs: readonly number[];
  path: ReadonlyMap<SpanRow, readonly Stretch[]>;
  facts: TraceFacts;
  colours: ReadonlyMap<string, string>;
  logs: readonly LogLine[];
  selected: string | null;
  onSelect: (spanId: string | null) => void;
  find: string;
  set: SpanSet;
  onFind: (find: string) => void;
  onSet: (set: SpanSet) => void;
}

/** The waterfall with the span that is chosen beside it; on a narrow screen the span lies over its lower part. */
export function SpanPanel({ trace, details, selfUs, facts, logs, ...tree }: SpanPanelProps) {
  const { rows, path, colours, selected, onSelect } = tree;
  const index = selected === null ? -1 : rows.findIndex(({ span }) => span.spanId === selected);
  const row = rows[index];
  const criticalUs = row ? (path.get(row) ?? []).reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0) : 0;
  return (
    <div className={row ? 'grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_380px]' : ''}>
      <Panel label="Waterfall">
        <ServiceKey services={facts.services} colours={colours} hasPath />
        <LaterWaterfall {...tree} details={details} durationUs={trace.durationUs} />
      </Panel>
      {row && (
        <div className="overflow-y-auto rounded-md border border-line bg-surface max-xl:fixed max-xl:inset-x-0 max-xl:bottom-0 max-xl:z-40 max-xl:max-h-[60dvh] max-xl:rounded-b-none max-xl:border-line-strong max-xl:shadow-pop xl:sticky xl:top-16 xl:max-h-[calc(100dvh-88px)]">
          <SpanDetail
            span={row.span}
            resource={trace.resources[row.span.resource] ?? {}}
            details={details}
            selfUs={selfUs[index] ?? 0}
            criticalUs={criticalUs}
            logs={logs}
            onClose={() => onSelect(null)}
          />
        </div>
      )}
    </div>
  );
}
