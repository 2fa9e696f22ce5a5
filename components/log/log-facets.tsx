'use client';

import { clsx } from 'clsx';
import type { LogFacet } from '#server/logs/schema.ts';
import { formatCount } from '#components/format/number.ts';
import { Meter } from '#components/ui/meter.tsx';
import { facetChange, isChosen } from './facet-change.ts';
import type { LogFilterChange, LogFilters } from './log-filters.ts';

interface LogFacetsProps {
  facets: readonly LogFacet[];
  filters: LogFilters;
  onChange: (change: LogFilterChange) => void;
}

/** The most frequent values of the fields that sort the lines; choosing one narrows the search. */
export function LogFacets({ facets, filters, onChange }: LogFacetsProps) {
  return (
    <div className="grid gap-x-6 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-1">
      {facets.map(({ field, values }) => {
        const most = values.reduce((max, { count }) => Math.max(max, count), 1);
        return (
          <section key={field} aria-label={field} className="min-w-0 px-2 py-2">
            <h3 className="truncate px-2 pb-0.5 text-2xs text-ink-faint" title={field}>
              {field}
            </h3>
            <ul>
              {values.map(({ value, count }) => {
                const change = facetChange(filters, field, value);
                const chosen = isChosen(filters, field, value);
                return (
                  <li key={value}>
                    <button
                      type="button"
                      aria-pressed={chosen}
                      disabled={!change}
                      title={value}
                      onClick={() => change && onChange(change)}
                      className={clsx(
                        'flex h-6 w-full items-center gap-2 rounded-sm px-2 text-left text-xs enabled:hover:bg-hover',
                        chosen ? 'bg-accent-soft font-medium text-accent' : 'text-ink',
                      )}
                    >
                      <span className="min-w-0 flex-1 truncate">{value}</span>
                      <Meter value={count / most} label={`${count} lines`} className="w-8!" />
                      <span className="w-10 shrink-0 text-right text-ink-muted">{formatCount(count)}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
