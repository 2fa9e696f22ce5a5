import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { StatusGlyph } from './status-glyph.tsx';
import { TONE_SOFT, type Tone } from './tone.ts';

interface BadgeProps {
  tone?: Tone;
  /** Shows the tone's glyph before the word; a coloured badge without one must carry an icon of its own. */
  glyph?: boolean;
  children: ReactNode;
  className?: string;
  title?: string;
}

/** A short word about a state. */
export function Badge({ tone = 'neutral', glyph = tone !== 'neutral', children, className, title }: BadgeProps) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-5 items-center align-middle gap-1 whitespace-nowrap rounded-sm px-1.5 text-2xs font-medium',
        TONE_SOFT[tone],
        className,
      )}
    >
      {glyph && <StatusGlyph tone={tone} size={11} />}
      {children}
    </span>
  );
}
