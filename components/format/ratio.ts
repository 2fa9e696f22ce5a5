import { NOTHING } from './number.ts';

/**
 * A share as a percentage: 0 %, < 0.01 %, 0.12 %, 4.1 %, 41 %, 99.95 %.
 * Close to either end it keeps more digits, because there the digits are the message; it never rounds up to 100 % or down to 0 %.
 */
export function formatRatio(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return NOTHING;
  const percent = ratio * 100;
  if (percent === 0) return '0 %';
  if (percent === 100) return '100 %';
  const distance = Math.min(Math.abs(percent), Math.abs(100 - percent));
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent > 99.99 && percent < 100) return '> 99.99 %';
  const decimals = distance < 1 ? 2 : distance < 10 ? 1 : 0;
  const text = percent.toFixed(decimals);
  return `${decimals > 0 ? text.replace(/\.?0+$/, '') : text} %`;
}
