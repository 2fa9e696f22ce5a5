import { clsx } from 'clsx';
import { formatNumber } from '#components/format/any-number.ts';
import type { GraphSeries } from './prepare-series.ts';

interface SeriesLegendProps {
  series: readonly GraphSeries[];
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}

/** The series of a graph with their newest values; each is a switch, and with Ctrl or ⌘ the only one left. */
export function SeriesLegend({ series, hidden, onHide }: SeriesLegendProps) {
  function toggle(fullName: string, alone: boolean) {
    const others = series.map((one) => one.fullName).filter((name) => name !== fullName);
    if (!alone) onHide(hidden.includes(fullName) ? hidden.filter((name) => name !== fullName) : [...hidden, fullName]);
    else onHide(others.every((name) => hidden.includes(name)) ? [] : others);
  }
  return (
    <ul aria-label="Series" className="flex max-h-40 flex-wrap gap-x-1 overflow-y-auto px-3 pb-2.5 text-xs">
      {series.map(({ key, label, fullName, colour, last }) => {
        const shown = !hidden.includes(fullName);
        return (
          <li key={key} className="min-w-0 max-w-full">
            <button
              type="button"
              aria-pressed={shown}
              title={fullName}
              onClick={(event) => toggle(fullName, event.ctrlKey || event.metaKey)}
              className="flex h-6 max-w-full items-center gap-1.5 rounded-sm px-1.5 hover:bg-hover"
            >
              <svg aria-hidden width="10" height="10" className="shrink-0">
                <rect
                  x="1"
                  y="1"
                  width="8"
                  height="8"
                  rx="2"
                  stroke={colour}
                  strokeWidth="1.5"
                  fill={shown ? colour : 'none'}
                />
              </svg>
              <span
                className={clsx('min-w-0 truncate font-mono', shown ? 'text-ink-muted' : 'text-ink-faint line-through')}
              >
                {label}
              </span>
              <span className={shown ? 'text-ink' : 'text-ink-faint'}>{formatNumber(last)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
