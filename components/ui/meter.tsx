import { clsx } from 'clsx';
import type { Tone } from './tone.ts';

const FILL = {
  ok: 'fill-ok',
  warn: 'fill-warn',
  critical: 'fill-critical',
  info: 'fill-info',
  'half-open': 'fill-half-open',
  neutral: 'fill-ink-muted',
  accent: 'fill-accent',
} as const satisfies Record<Tone, string>;

interface MeterProps {
  /** Filled part, 0 to 1; more is drawn as full. */
  value: number;
  /** A tick at the limit that matters, 0 to 1. */
  limit?: number;
  tone?: Tone;
  label: string;
  className?: string;
}

/** A thin bar for a value against its limit; the number stands beside it in text. Drawn as SVG: the security policy need not allow style attributes. */
export function Meter({ value, limit, tone = 'neutral', label, className }: MeterProps) {
  const filled = Math.min(1, Math.max(0, value)) * 100;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className={clsx('h-1 w-16 shrink-0 overflow-hidden rounded-full', className)}
    >
      <rect width="100" height="4" className="fill-line" />
      <rect width={filled} height="4" className={FILL[tone]} />
      {limit !== undefined && (
        <path d={`M${Math.min(1, limit) * 100} 0v4`} vectorEffect="non-scaling-stroke" className="stroke-ink" />
      )}
    </svg>
  );
}
