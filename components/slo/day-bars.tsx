import type { Incident } from '#server/incidents/schema.ts';
import type { SloDay } from '#server/slos/schema.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { describeIncident } from '#components/incident/describe-incident.ts';
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

interface DayBarsProps {
  days: readonly SloDay[];
  target: number;
  incidentDays: ReadonlyMap<number, Incident>;
}

/** One bar a UTC day, oldest first; a day with an incident is a door to it, further down the page. */
export function DayBars({ days, target, incidentDays }: DayBarsProps) {
  const states = days.map((day) => dayState(day, target));
  return (
    <div className="relative">
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
      {days.map(({ dayMs }, index) => {
        const incident = incidentDays.get(dayMs);
        if (!incident) return null;
        const date = isoDate(dayMs);
        return (
          <a
            key={dayMs}
            href={`#incident-${incident.id}`}
            title={`${titleOf(days[index]!)}. Incident: ${describeIncident(incident)}`}
            aria-label={`${date}: to its incident`}
            className="absolute inset-y-0 border-b-2 border-critical hover:bg-hover/60 focus-visible:bg-hover/60 print:hidden"
            style={{ left: `${(index / days.length) * 100}%`, width: `${100 / days.length}%` }}
          />
        );
      })}
    </div>
  );
}

function titleOf({ dayMs, requests, good }: SloDay): string {
  const date = isoDate(dayMs);
  return good === null ? `${date}: no data` : `${date}: ${formatRatio(good / requests)} of ${requests} requests`;
}

function describe(states: readonly DayState[]): string {
  const count = (...wanted: DayState[]) => states.filter((state) => wanted.includes(state)).length;
  const measured = states.length - count('none');
  return `Last ${states.length} days: ${measured} with data, ${count('under', 'bad')} of them under the target`;
}

function isoDate(dayMs: number): string {
  return new Date(dayMs).toISOString().slice(0, 10);
}
