import type { ChartRow } from './prepare-time-chart.ts';
import { UNITS, type Unit } from './unit.ts';

interface ChartLegendProps {
  series: readonly { key: string; label: string; colour: string }[];
  unit: Unit;
  rows: readonly ChartRow[];
  /** The moment under the crosshair; without one the newest values are shown. */
  row: ChartRow | undefined;
}

/** The series with their colours, and their values at the crosshair or at the end. */
export function ChartLegend({ series, unit, rows, row }: ChartLegendProps) {
  return (
    <ul className="flex h-5 gap-x-4 overflow-hidden pl-1 text-xs">
      {series.map(({ key, label, colour }) => {
        const value = row
          ? (row.values[key] ?? null)
          : (rows.findLast((candidate) => (candidate.values[key] ?? null) !== null)?.values[key] ?? null);
        return (
          <li key={key} className="flex items-center gap-1.5 whitespace-nowrap">
            <svg aria-hidden width="10" height="3">
              <rect width="10" height="3" rx="1.5" fill={colour} />
            </svg>
            <span className="text-ink-faint">{label}</span>
            <span className="text-ink">{UNITS[unit].format(value)}</span>
          </li>
        );
      })}
    </ul>
  );
}
