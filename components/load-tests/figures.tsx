import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { TONE_TEXT, type Tone } from '#components/ui/tone.ts';

export interface Figure {
  label: string;
  value: ReactNode;
  note?: string;
  tone?: Tone;
}

/** A row of large figures; on a phone two beside each other. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 xl:grid-cols-6">
      {figures.map(({ label, value, note, tone }) => (
        <div key={label} className="flex flex-col bg-surface px-4 py-3">
          <dt className="text-2xs text-ink-faint">{label}</dt>
          <dd className={clsx('text-lg font-semibold leading-7', tone ? TONE_TEXT[tone] : 'text-ink')}>{value}</dd>
          {note && <dd className="text-2xs text-ink-muted">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
