import type { SloDay } from '#server/slos/schema.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { dayState, type DayState } from './slo-state.ts';

const STEP = 5;
const BAR = 4;
const HEIGHT = 26;
/** Height tells what colour tells: the worse the day, the taller its bar; a day without data is a tick. */
const LOOK = {
  none: { height: 3, className: 'fill-wire-dead' },
  good: { height: 13, className: 'fill-ok' },
  under: { height: 20, className: 'fill-warn' },
  bad: { height: 26, className: 'fill-critical' },
} as const satisfies Record<DayState, { height: number; className: string }>;

/** One bar a UTC day, oldest first. */
export function DayBars({ days, target }: { days: readonly SloDay[]; target: number }) {
  const states = days.map((day) => dayState(day, target));
  return (
    <svg
      role="img"
      aria-label={describe(states)}
      viewBox={`0 0 ${days.length * STEP - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-6.5 w-full"
    >
      {days.map((day, index) => {
        const { height, className } = LOOK[states[index] ?? 'none'];
        return (
          <g key={day.dayMs}>
            <title>{titleOf(day)}</title>
            <rect x={index * STEP} width={BAR} height={HEIGHT} className="fill-transparent" />
            <rect x={index * STEP} y={HEIGHT - height} width={BAR} height={height} className={className} />
          </g>
        );
      })}
    </svg>
  );
}

function titleOf({ dayMs, requests, good }: SloDay): string {
  const date = new Date(dayMs).toISOString().slice(0, 10);
  return good === null ? `${date}: no data` : `${date}: ${formatRatio(good / requests)} of ${requests} requests`;
}

function describe(states: readonly DayState[]): string {
  const count = (...wanted: DayState[]) => states.filter((state) => wanted.includes(state)).length;
  const measured = states.length - count('none');
  return `Last ${states.length} days: ${measured} with data, ${count('under', 'bad')} of them under the target`;
}
