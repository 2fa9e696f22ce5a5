'use client';

import { clsx } from 'clsx';
import type { TimeRange } from '#server/time/schema.ts';
import { BandAxis } from '../band-axis.tsx';
import { Band } from '../state-band.tsx';
import type { StateBand } from '../state-bands.ts';

export interface BandRow {
  label: string;
  bands: StateBand[];
}

/** States as they were, and as they would have been, one under the other over one time. */
export function BandRows({ rows, range }: { rows: readonly BandRow[]; range: TimeRange }) {
  return (
    <div className="px-4 pb-2 pt-3">
      <dl>
        {rows.map(({ label, bands }) => (
          <div key={label} className={clsx(COLUMNS, 'h-row items-center')}>
            <dt className="truncate text-xs text-ink-muted">{label}</dt>
            <dd className="flex">
              <Band bands={bands} range={range} />
            </dd>
          </div>
        ))}
      </dl>
      <BandAxis range={range} className={clsx(COLUMNS, 'pt-1')} />
    </div>
  );
}

const COLUMNS =
  'grid grid-cols-[minmax(120px,160px)_minmax(0,1fr)] gap-4 max-md:grid-cols-[112px_minmax(0,1fr)] max-md:gap-2';
