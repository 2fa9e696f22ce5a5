import type { CheckSeverity } from '#server/integrity/schema.ts';

interface HistoryStripProps {
  /** Violations a run, oldest first; null where the check itself failed. */
  history: readonly (number | null)[];
  severity: CheckSeverity;
}

const FILL = { critical: 'fill-critical', warning: 'fill-warn', info: 'fill-info' } as const;
const RUNS = 30;
const STEP = 5;
const BAR = 4;
const HEIGHT = 18;

/** The last runs as bars: a low tick passed, a tall bar found rows, a hollow one could not run. */
export function HistoryStrip({ history, severity }: HistoryStripProps) {
  const runs = history.slice(-RUNS);
  const max = runs.reduce<number>((most, violations) => Math.max(most, violations ?? 0), 1);
  const offset = RUNS - runs.length;
  return (
    <svg
      role="img"
      aria-label={describe(runs)}
      viewBox={`0 0 ${RUNS * STEP} ${HEIGHT}`}
      width={RUNS * STEP}
      height={HEIGHT}
      className="shrink-0"
    >
      {runs.map((violations, index) => {
        const x = (offset + index) * STEP;
        if (violations === null) {
          return (
            <rect
              key={index}
              x={x + 0.5}
              y={HEIGHT - 9.5}
              width={BAR - 1}
              height={9}
              className="fill-transparent stroke-warn"
            />
          );
        }
        const height = violations === 0 ? 3 : 7 + (violations / max) * (HEIGHT - 7);
        return (
          <rect
            key={index}
            x={x}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            className={violations === 0 ? 'fill-wire-dead' : FILL[severity]}
          />
        );
      })}
    </svg>
  );
}

function describe(runs: readonly (number | null)[]): string {
  if (runs.length === 0) return 'No runs yet';
  const violated = runs.filter((violations) => violations !== null && violations > 0).length;
  const failed = runs.filter((violations) => violations === null).length;
  return `Last ${runs.length} runs: ${violated} found rows, ${failed} could not run`;
}
