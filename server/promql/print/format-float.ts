/**
 * A float in the shortest digits that give it back, as Go prints it: `f` without exponent, `g` with one below 0.0001 and
 * from a million, `json` as the HTTP API has it.
 */
export function formatFloat(value: number, form: 'f' | 'g' | 'json'): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const [mantissa, exponent] = text.split('e') as [string, string | undefined];
  if (form === 'f') return exponent === undefined ? text : withoutExponent(mantissa, Number(exponent));
  if (form === 'g') return formatGeneral(value);
  return exponent === undefined ? text : `${mantissa}e${twoDigits(Number(exponent))}`;
}

function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  return exponent < 0 ? `${sign}0.${'0'.repeat(-exponent - 1)}${digits}` : `${sign}${digits.padEnd(exponent + 1, '0')}`;
}

function formatGeneral(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 6) return `${mantissa}e${twoDigits(power)}`;
  return String(value);
}

function twoDigits(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
