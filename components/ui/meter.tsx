import { clsx } from 'clsx';
import type { Tone } from './tone.ts';

const FILL = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  critical: 'bg-critical',
  info: 'bg-info',
  'half-open': 'bg-half-open',
  neutral: 'bg-ink-muted',
  accent: 'bg-accent',
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

/** A thin bar for a value against its limit; the number stands beside it in text. */
export function Meter({ value, limit, tone = 'neutral', label, className }: MeterProps) {
  const filled = Math.min(1, Math.max(0, value));
  return (
    <span
      role="img"
      aria-label={label}
      className={clsx('relative inline-block h-1 w-16 overflow-hidden rounded-full bg-line', className)}
    >
      <span
        className={clsx('absolute inset-y-0 left-0 rounded-full', FILL[tone])}
        style={{ width: `${filled * 100}%` }}
      />
      {limit !== undefined && (
        <span className="absolute inset-y-0 w-px bg-ink" style={{ left: `calc(${Math.min(1, limit) * 100}% - 1px)` }} />
      )}
    </span>
  );
}
