import { formatCount, NOTHING } from './number.ts';

/** Three decimals of the smallest thing a count shows are not enough for a number of any size: below 0.0001 it has an exponent. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(2).replace(/\.?0+e/, 'e');
  return formatCount(value);
}
