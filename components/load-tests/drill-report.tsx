import type { Answer, Drill } from '#server/drills/schema.ts';
import { Empty } from '#components/ui/empty.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { DrillPhases } from './drill-phases.tsx';
import { TickChart } from './tick-chart.tsx';

/** One drill in full: where it is, the questions with their answers, what shoppers met. */
export function DrillReport({ drill }: { drill: Drill }) {
  const { status, answers, ticks, fault, isFaulty } = drill;
  return (
    <>
      {status === 'running' && <DrillPhases drill={drill} />}
      {status !== 'running' && answers.length === 0 && (
        <p className="flex items-center gap-2 border-b border-line px-4 py-2.5 text-ink">
          <StatusGlyph tone={status === 'broken' ? 'warn' : 'neutral'} size={13} />
          {fault ?? 'Stopped before its time: the questions were not asked.'}
        </p>
      )}
      {isFaulty && status !== 'running' && (
        <p
          role="alert"
          className="flex items-center gap-2 border-b border-line bg-critical-soft px-4 py-2 text-critical"
        >
          <StatusGlyph tone="critical" size={13} />
          The fault is still in {drill.service}: it is being taken out.
        </p>
      )}
      {answers.length > 0 && <Questions answers={answers} />}
      {ticks.length > 0 ? (
        <TickChart ticks={ticks} plannedS={0} bands={bandsOf(drill)} />
      ) : (
        <Empty title={status === 'running' ? 'The first shoppers are on their way' : 'Nothing was measured'} />
      )}
    </>
  );
}

function Questions({ answers }: { answers: readonly Answer[] }) {
  return (
    <ul aria-label="Questions" className="border-b border-line">
      {answers.map(({ question, passed, answer, detail }) => (
        <li
          key={question}
          className="grid grid-cols-[18px_minmax(0,1fr)] items-baseline gap-x-2.5 border-b border-line px-4 py-2 last:border-0 sm:grid-cols-[18px_minmax(0,2fr)_minmax(0,1fr)_minmax(0,3fr)]"
        >
          <StatusGlyph
            tone={passed ? 'ok' : 'critical'}
            label={passed ? 'Yes' : 'No'}
            size={13}
            className="self-center"
          />
          <span className="font-medium text-ink">{question}</span>
          <span className="text-ink max-sm:col-start-2">{answer}</span>
          <span className="text-xs text-ink-muted max-sm:col-start-2">{detail}</span>
        </li>
      ))}
    </ul>
  );
}

function bandsOf({ startedMs, faultMs, faultRemovedMs, ticks }: Drill) {
  if (faultMs === null) return [];
  const toS = faultRemovedMs === null ? (ticks.at(-1)?.atS ?? 0) : (faultRemovedMs - startedMs) / 1_000;
  const fromS = (faultMs - startedMs) / 1_000;
  return [{ label: `fault from ${Math.round(fromS)} s to ${Math.round(toS)} s`, fromS, toS }];
}
