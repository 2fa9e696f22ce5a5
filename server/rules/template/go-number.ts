/** Go's `%v` of a float: the shortest digits that give it back, with an exponent below 1e-4 and from 1e21. */
export function formatShortest(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (Object.is(value, -0)) return '-0';
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  return power < -4 || power >= 21 ? `${mantissa}e${twoDigits(power)}` : String(value);
}

/** Go's `%.<digits>g`: so many significant digits, no zeros at the end, an exponent where more digits than that stand before the point. */
export function formatGeneral(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const precision = Math.min(100, Math.max(1, digits));
  const [mantissa, exponent] = value.toExponential(precision - 1).split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= precision) return `${withoutEndZeros(mantissa)}e${twoDigits(power)}`;
  return withoutEndZeros(value.toFixed(Math.min(100, Math.max(0, precision - 1 - power))));
}

/** Go's `%.<digits>e`. */
export function formatExponent(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const [mantissa, exponent] = value.toExponential(Math.min(100, digits)).split('e') as [string, string];
  return `${mantissa}e${twoDigits(Number(exponent))}`;
}

export function formatNonFinite(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function withoutEndZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function twoDigits(power: number): string {
  return `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
