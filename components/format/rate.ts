import { NOTHING, scaled } from './number.ts';

/** A rate with at most one decimal and its unit: 0/s, 0.04/s, 4.2/s, 120/s, 3.4 k/s. */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null || !Number.isFinite(perSecond)) return NOTHING;
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.01) return '< 0.01/s';
  const precise = perSecond < 0.1 ? perSecond.toFixed(2) : perSecond < 100 ? perSecond.toFixed(1) : null;
  // 99.96 rounds to 100.0: the next scale prints it without the decimal.
  if (precise !== null && Number(precise) < 100) return `${precise.replace(/\.0$/, '')}/s`;
  const { mantissa, prefix } = scaled(Math.round(perSecond));
  return prefix ? `${mantissa} ${prefix}/s` : `${mantissa}/s`;
}
