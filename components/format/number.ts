/** A dash says "measured nothing", which is not zero. */
export const NOTHING = '–';

/** At most three significant digits, without trailing zeros: 0.0123, 4.2, 412, 1204. */
export function significant(value: number, digits = 3): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(6, Math.max(0, digits - 1 - magnitude));
  const fixed = value.toFixed(decimals);
  return decimals === 0 ? fixed : fixed.replace(/\.?0+$/, '');
}

const SCALES = [
  { factor: 1e12, suffix: 'T' },
  { factor: 1e9, suffix: 'G' },
  { factor: 1e6, suffix: 'M' },
  { factor: 1e3, suffix: 'k' },
];

/** Splits a number into a short mantissa and its decimal prefix: 12 300 -> { mantissa: '12.3', prefix: 'k' }. */
export function scaled(value: number): { mantissa: string; prefix: string } {
  // 999.5 and up would print as "1000" without a prefix, so the step is taken where rounding takes it.
  const scale = SCALES.find(({ factor }) => Math.abs(value) >= factor * 0.9995);
  if (scale) return { mantissa: significant(value / scale.factor), prefix: scale.suffix };
  return { mantissa: significant(value), prefix: '' };
}

/** A count: 0, 12, 999, 1.2 k, 34.5 M. */
export function formatCount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const { mantissa, prefix } = scaled(value);
  return prefix ? `${mantissa} ${prefix}` : mantissa;
}

/** A count in full with thin groups, for tooltips and small tables: 12 345. */
export function formatInteger(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A count with its noun: 1 row, 12 345 rows. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(count)} ${count === 1 ? one : many}`;
}
