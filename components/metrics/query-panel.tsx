'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Eye, EyeOff, FileCode2, Play, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import type { MetricsAnswer, MetricsFailure } from '#server/metrics/schema.ts';
import { useWidth } from '#components/diagram/use-width.ts';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { formatSpan } from '#components/format/duration.ts';
import { useZone } from '#components/format/zone.ts';
import { serverNow } from '#components/live/server-clock.ts';
import type { Describe } from '#components/promql/hover-docs.ts';
import type { TimeRangeState } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Tab, Tabs, TabsContent, TabsList } from '#components/ui/tabs.tsx';
import { chooseStep } from './choose-step.ts';
import { exemplarsQuery, instantQuery, rangeQuery } from './data-queries.ts';
import { ExemplarSwitch } from './exemplar-switch.tsx';
import { queryLetter, type MetricQuery } from './metric-queries.ts';
import { mayHaveExemplars, prepareExemplars } from './prepare-exemplars.ts';
import { QueryAnswer } from './query-answer.tsx';
import { QueryFailure } from './query-failure.tsx';
import { QueryGraph } from './query-graph.tsx';
import { QueryTable } from './query-table.tsx';
import { RuleDialog } from './rule-dialog.tsx';

// The editor and its language weigh as much as the rest of the page: they come by themselves, and only here.
const PromqlEditor = dynamic(
  () => import('#components/promql/promql-editor.tsx').then((module) => module.PromqlEditor),
  {
    ssr: false,
    loading: () => (
      <div role="status" aria-label="Loading the editor" className="flex h-[34px] flex-1 items-center px-2.5">
        <Skeleton className="h-2.5 w-64" />
      </div>
    ),
  },
);

interface QueryPanelProps {
  place: number;
  query: MetricQuery;
  time: TimeRangeState;
  describe: Describe;
  onChange: (change: Partial<MetricQuery>) => void;
  /** Absent for the only query. */
  onRemove?: (() => void) | undefined;
}

/** One query: its text, and its answer as a graph or a table. */
export function QueryPanel({ place, query, time, describe, onChange, onRemove }: QueryPanelProps) {
  const { expr, show, hidden } = query;
  const zone = useZone();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [frame, width] = useWidth(0);
  /** What was written and not yet run. */
  const [draft, setDraft] = useState<string | null>(null);
  const written = draft ?? expr;
  const [ruling, setRuling] = useState(false);
  const letter = queryLetter(place);
  const asked = expr.trim() !== '';
  const stepMs = chooseStep(time.spanMs, width);
  const graph = useQuery({
    ...rangeQuery(trpc, client, time.window, expr, stepMs),
    enabled: asked && show === 'graph' && width > 0,
  });
  const table = useQuery({ ...instantQuery(trpc, client, time.window, expr), enabled: asked && show === 'table' });
  const hasExemplars = mayHaveExemplars(expr);
  const showsExemplars = hasExemplars && query.exemplars;
  const exemplars = useQuery({
    ...exemplarsQuery(trpc, client, time.window, expr),
    enabled: asked && show === 'graph' && showsExemplars,
  });
  const links = useMemo(
    () =>
      showsExemplars && exemplars.data ? prepareExemplars(exemplars.data, { zone, nowMs: serverNow() }) : undefined,
    [showsExemplars, exemplars.data, zone],
  );
  const current = show === 'graph' ? graph : table;
  const failure = asked && show !== 'off' ? failureOf(current.data) : null;
  const off = show === 'off';

  function run(text: string) {
    if (text.trim() === expr && !off) void current.refetch();
    else onChange({ expr: text.trim(), show: off ? 'graph' : show });
  }

  return (
    <Panel label={`Query ${letter}`}>
      <div ref={frame} className="flex flex-wrap items-start gap-x-1 px-2 py-1.5">
        <span
          aria-hidden
          className={clsx(
            'mt-[7px] flex size-5 items-center justify-center rounded-sm bg-hover font-mono text-2xs font-medium',
            off ? 'text-ink-faint' : 'text-ink-muted',
          )}
        >
          {letter}
        </span>
        <div
          className={clsx(
            'mx-1 flex min-w-[220px] flex-1 rounded-md border border-line-strong bg-sunken focus-within:border-accent',
            off && 'opacity-60',
          )}
        >
          <PromqlEditor label={`Query ${letter}`} value={expr} onChange={setDraft} onRun={run} describe={describe} />
        </div>
        <div className="flex h-[36px] items-center gap-1">
          <Button
            variant={written.trim() === expr ? 'secondary' : 'primary'}
            title="Ctrl-Enter or ⌘-Enter"
            disabled={written.trim() === ''}
            onClick={() => run(written)}
          >
            <Play size={13} aria-hidden /> Run
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-pressed={off}
            aria-label={`${off ? 'Enable' : 'Disable'} query ${letter}`}
            onClick={() => onChange({ show: off ? 'graph' : 'off' })}
          >
            {off ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Make a rule of query ${letter}`}
            title="Make a rule of this"
            disabled={!asked}
            onClick={() => setRuling(true)}
          >
            <FileCode2 size={15} aria-hidden />
          </Button>
          {asked && !off && (
            <ExplainButton
              what={`query ${letter}`}
              {...(show === 'table'
                ? { path: 'metrics.instant', input: { expr, timeMs: time.range.toMs } }
                : { path: 'metrics.range', input: { expr, range: time.range, stepMs } })}
            />
          )}
          {onRemove && (
            <Button variant="ghost" size="icon" aria-label={`Remove query ${letter}`} onClick={onRemove}>
              <X size={15} aria-hidden />
            </Button>
          )}
        </div>
      </div>
      {failure && <QueryFailure expr={expr} failure={failure} />}
      {asked && off && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-faint">Disabled: it is kept, and not asked.</p>
      )}
      {asked && !off && (
        <Tabs value={show} onValueChange={(value) => onChange({ show: value as MetricQuery['show'] })}>
          <TabsList aria-label={`Answer of query ${letter}`} className="border-t px-4">
            <Tab value="graph">Graph</Tab>
            <Tab value="table">Table</Tab>
            <Summary answer={show === 'graph' ? graph.data : undefined} />
          </TabsList>
          <TabsContent value="graph">
            <QueryAnswer query={graph} isEmpty={({ series }) => series.length === 0} shape="graph">
              {(data) => (
                <QueryGraph
                  label={`Query ${letter}`}
                  data={data}
                  range={time.range}
                  hidden={hidden}
                  onHide={(next) => onChange({ hidden: next })}
                  onZoom={time.setRange}
                  links={links}
                  head={
                    hasExemplars && (
                      <ExemplarSwitch
                        on={showsExemplars}
                        query={exemplars}
                        onChange={(next) => onChange({ exemplars: next })}
                      />
                    )
                  }
                />
              )}
            </QueryAnswer>
          </TabsContent>
          <TabsContent value="table">
            <QueryAnswer query={table} isEmpty={({ rows }) => rows.length === 0} shape="table">
              {(data) => <QueryTable data={data} />}
            </QueryAnswer>
          </TabsContent>
        </Tabs>
      )}
      {ruling && <RuleDialog expr={expr} onClose={() => setRuling(false)} />}
    </Panel>
  );
}

function failureOf(answer: MetricsAnswer<unknown> | undefined): MetricsFailure | null {
  return answer && !answer.ok ? answer.failure : null;
}

function Summary({ answer }: { answer: MetricsAnswer<{ seriesTotal: number; stepMs: number }> | undefined }) {
  if (!answer?.ok) return null;
  const { seriesTotal, stepMs } = answer.data;
  return (
    <span className="ml-auto flex items-center whitespace-nowrap text-xs text-ink-faint">
      {seriesTotal} series · a point every {formatSpan(stepMs)}
    </span>
  );
}
