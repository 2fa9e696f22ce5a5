'use client';

import { clsx } from 'clsx';
import { Rows3, Rows4 } from 'lucide-react';
import { setDensity, useDensity } from './density.ts';

/** Rows with room or close together. */
export function DensitySwitch() {
  const isCompact = useDensity() === 'compact';
  const Icon = isCompact ? Rows4 : Rows3;
  return (
    <button
      type="button"
      aria-pressed={isCompact}
      aria-label="Compact rows"
      title={isCompact ? 'Compact rows: on' : 'Compact rows: off'}
      onClick={() => setDensity(isCompact ? 'comfortable' : 'compact')}
      className={clsx(
        'flex size-6 items-center justify-center rounded-md hover:bg-hover hover:text-ink max-lg:size-8',
        isCompact ? 'bg-hover text-ink' : 'text-ink-muted',
      )}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}
