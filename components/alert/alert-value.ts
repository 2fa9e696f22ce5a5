import { formatDuration } from '#components/format/duration.ts';
import { formatCount, NOTHING, significant } from '#components/format/number.ts';
import { formatRatio } from '#components/format/ratio.ts';

/** A rule's value in the unit that its expression speaks of: ratios as percentages, yes-or-no measures in words. */
export function formatAlertValue(value: number | null, expr: string): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  if (/[_:]ratio(_rate\w+)?\b/.test(expr)) return formatRatio(value);
  if (/_seconds\b/.test(expr)) return formatDuration(value * 1_000);
  if (/^\s*up\b/.test(expr)) return value === 0 ? 'down' : 'up';
  if (/\bcircuit_breaker_state\b/.test(expr)) return value === 0 ? 'none open' : `${significant(value)} open`;
  return formatCount(value);
}
