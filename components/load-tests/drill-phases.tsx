import { clsx } from 'clsx';
import type { Drill, DrillPhase } from '#server/drills/schema.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';

const PHASES: readonly { phase: DrillPhase; label: string }[] = [
  { phase: 'baseline', label: 'Shop as usual' },
  { phase: 'fault', label: 'Fault' },
  { phase: 'recovery', label: 'Recovery' },
  { phase: 'questions', label: 'Rows settle, questions' },
];

/** Where a running drill is. */
export function DrillPhases({ drill }: { drill: Drill }) {
  const at = PHASES.findIndex(({ phase }) => phase === drill.phase);
  return (
    <ol aria-label="Phases" className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line px-4 py-2.5 text-xs">
      {PHASES.map(({ phase, label }, index) => (
        <li
          key={phase}
          aria-current={index === at ? 'step' : undefined}
          className={clsx('flex items-center gap-1.5', index === at ? 'font-medium text-ink' : 'text-ink-faint')}
        >
          <StatusGlyph
            tone={index < at ? 'ok' : index > at ? 'neutral' : phase === 'fault' ? 'critical' : 'accent'}
            size={12}
          />
          {label}
        </li>
      ))}
    </ol>
  );
}
