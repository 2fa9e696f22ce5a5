import type { LoadTest } from '#server/load-tests/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { AdviceList } from './advice-list.tsx';
import { Figures, type Figure } from './figures.tsx';
import { servedRatio, totalOf } from './outcomes.ts';
import { RouteTable } from './route-table.tsx';
import { TickChart } from './tick-chart.tsx';

/** One test in full: verdict, figures, seconds, advice, routes. */
export function TestReport({ test }: { test: LoadTest }) {
  const { summary, ticks, advice } = test;
  return (
    <>
      <Verdict test={test} />
      {summary ? (
        <Figures figures={figuresOf(test, summary)} />
      ) : (
        <Empty title={test.status === 'running' ? 'The first shoppers are on their way' : 'Nothing was measured'} />
      )}
      {summary && (
        <div className="border-t border-line">
          <TickChart ticks={ticks} plannedS={test.status === 'running' ? test.seconds : 0} />
        </div>
      )}
      {advice.length > 0 && (
        <section aria-label="Advice" className="border-t border-line">
          <AdviceList advice={advice} />
        </section>
      )}
      {summary && (
        <section aria-label="Routes" className="border-t border-line">
          <RouteTable routes={summary.routes} />
        </section>
      )}
    </>
  );
}

function Verdict({ test: { verdict, status, fault } }: { test: LoadTest }) {
  if (status === 'running') return null;
  const text = verdict
    ? verdict.reasons
    : [fault ?? 'Stopped before its time: what was measured until then is shown, without a verdict.'];
  const tone = verdict ? (verdict.isPassed ? 'ok' : 'critical') : status === 'broken' ? 'warn' : 'neutral';
  return (
    <ul aria-label="Verdict" className="border-b border-line px-4 py-2.5">
      {text.map((reason) => (
        <li key={reason} className="flex gap-2 text-ink">
          <StatusGlyph tone={tone} size={13} className="mt-[3.5px]" />
          {reason}
        </li>
      ))}
    </ul>
  );
}

function figuresOf({ workers, pace, status }: LoadTest, summary: NonNullable<LoadTest['summary']>): Figure[] {
  const { counts, elapsedS, waited, took, unsent } = summary;
  const ratio = servedRatio(counts);
  const refused = counts.limited + counts.breaker;
  const failed = counts.failed + counts.unanswered;
  return [
    {
      label: 'Served',
      value: formatRatio(ratio),
      note: 'at least 95 % to pass',
      ...(ratio !== null && ratio < 0.95 && { tone: 'critical' as const }),
    },
    {
      label: 'Requests',
      value: formatInteger(totalOf(counts)),
      note: `${formatRate(elapsedS > 0 ? totalOf(counts) / elapsedS : null)} of ${formatRate(workers * pace)} offered`,
    },
    {
      label: 'p50, p95 waited',
      value: `${formatDuration(waited.p50Ms)}, ${formatDuration(waited.p95Ms)}`,
      note: 'from when it was wanted',
    },
    {
      label: 'p99 waited',
      value: formatDuration(waited.p99Ms),
      note: `${formatDuration(took.p99Ms)} from when it was sent`,
    },
    {
      label: 'Refused',
      value: formatInteger(refused),
      note: `${formatInteger(counts.limited)} by limits, ${formatInteger(counts.breaker)} by breakers`,
      ...(refused > 0 && { tone: 'warn' as const }),
    },
    {
      label: 'Failed',
      value: formatInteger(failed),
      note:
        status === 'running' || !unsent
          ? `${formatInteger(counts.unanswered)} without an answer`
          : `and ${formatInteger(unsent)} never sent`,
      ...(failed > 0 && { tone: 'critical' as const }),
    },
  ];
}

/** A test among others, in the words of its settings. */
export function describeTest({
  workers,
  seconds,
  pace,
  oneAddress,
}: Pick<LoadTest, 'workers' | 'seconds' | 'pace' | 'oneAddress'>): string {
  const shoppers = `${workers} ${workers === 1 ? 'shopper' : 'shoppers'} for ${seconds} s`;
  return [shoppers, pace !== 1 && `${pace}/s each`, oneAddress && 'one address'].filter(Boolean).join(', ');
}

export function TestPanel({
  test,
  children,
  actions,
}: {
  test: LoadTest;
  children: React.ReactNode;
  actions?: React.ReactNode;
}) {
  return (
    <Panel title={describeTest(test)} label="Test" note={`at ${test.target}, by ${test.actor}`} actions={actions}>
      {children}
    </Panel>
  );
}
