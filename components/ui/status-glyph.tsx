import { clsx } from 'clsx';
import { TONE_TEXT, type Tone } from './tone.ts';

/** One silhouette a tone, so that they part without colour: disc with tick, triangle, octagon, square, half disc, ring, diamond. */
const SHAPES = {
  ok: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" />
      <path d="m4.4 7.2 1.8 1.8 3.5-3.8" stroke="var(--surface)" strokeWidth="1.6" fill="none" strokeLinecap="round" />
    </>
  ),
  warn: (
    <>
      <path d="M7 .9 13.4 12.4a.6.6 0 0 1-.5.9H1.1a.6.6 0 0 1-.5-.9Z" fill="currentColor" />
      <path d="M7 5.2v3.4M7 10.6v.6" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  critical: (
    <>
      <path d="M4.3.8h5.4l3.5 3.5v5.4l-3.5 3.5H4.3L.8 9.7V4.3Z" fill="currentColor" />
      <path d="m4.9 4.9 4.2 4.2m0-4.2L4.9 9.1" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  info: (
    <>
      <rect x="1.2" y="1.2" width="11.6" height="11.6" rx="2.4" fill="currentColor" />
      <path d="M7 6.4v3.6M7 3.9v.5" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  'half-open': (
    <>
      <circle cx="7" cy="7" r="5.3" stroke="currentColor" strokeWidth="1.4" fill="none" />
      <path d="M7 1.7a5.3 5.3 0 0 1 0 10.6Z" fill="currentColor" />
    </>
  ),
  neutral: <circle cx="7" cy="7" r="5" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.2 1.7" fill="none" />,
  accent: <path d="M7 .8 13.2 7 7 13.2.8 7Z" fill="currentColor" />,
} as const satisfies Record<Tone, React.ReactNode>;

interface StatusGlyphProps {
  tone: Tone;
  /** The word for it; leave it out only where the word stands beside the glyph. */
  label?: string;
  size?: number;
  className?: string;
}

/** The sign of a status. */
export function StatusGlyph({ tone, label, size = 14, className }: StatusGlyphProps) {
  return (
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      className={clsx('inline-block shrink-0', TONE_TEXT[tone], className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {SHAPES[tone]}
    </svg>
  );
}
