import { formatExponent, formatGeneral, formatNonFinite, formatShortest } from './go-number.ts';
import { toText, type TemplateValue } from './value.ts';

/** Go's Sprintf for text and numbers: %s %v %d %f %.2f %e %g %q %x %t %%, with flags, width and precision. */
export function printf(format: string, args: readonly TemplateValue[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_whole, flags: string, width, digits, verb) => {
      if (verb === '%') return '%';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const arg = args[next++]!;
      const plain = formatVerb(verb as string, arg, digits === undefined ? undefined : Number(digits));
      const signed =
        flags.includes('+') && typeof arg === 'number' && !plain.startsWith('-')
          ? `+${plain.replace(/^\+/, '')}`
          : plain;
      if (flags.includes('-')) return signed.padEnd(Number(width));
      if (!flags.includes('0')) return signed.padStart(Number(width));
      const [sign, rest] = /^[-+]/.test(signed) ? [signed[0]!, signed.slice(1)] : ['', signed];
      return sign + rest.padStart(Number(width) - sign.length, '0');
    },
  );
  const extra = args.slice(next).map((arg) => `${typeName(arg)}=${toText(arg)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}

function formatVerb(verb: string, arg: TemplateValue, digits: number | undefined): string {
  const isNumber = typeof arg === 'number';
  switch (verb) {
    case 'v':
      return toText(arg);
    case 's':
      if (isNumber || typeof arg === 'boolean') return wrongType(verb, arg);
      return digits === undefined ? toText(arg) : [...toText(arg)].slice(0, digits).join('');
    case 'q':
      return typeof arg === 'string' ? JSON.stringify(arg) : wrongType(verb, arg);
    case 't':
      return typeof arg === 'boolean' ? String(arg) : wrongType(verb, arg);
    case 'd':
      // Go has whole numbers of their own; here one is what has no fraction.
      return Number.isInteger(arg) ? BigInt(arg as number).toString() : wrongType(verb, arg);
    case 'x':
      return Number.isInteger(arg) ? BigInt(arg as number).toString(16) : wrongType(verb, arg);
    case 'f':
    case 'F':
      if (!isNumber) return wrongType(verb, arg);
      return Number.isFinite(arg) ? toFixed(arg, digits ?? 6) : formatNonFinite(arg);
    case 'e':
      return isNumber ? formatExponent(arg, digits ?? 6) : wrongType(verb, arg);
    case 'g':
      if (!isNumber) return wrongType(verb, arg);
      return digits === undefined ? formatShortest(arg) : formatGeneral(arg, digits);
    default:
      return wrongType(verb, arg);
  }
}

/** `toFixed` gives up on the point from 1e21 on. */
function toFixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e21) return value.toFixed(Math.min(100, digits));
  return `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
}

function wrongType(verb: string, arg: TemplateValue): string {
  return `%!${verb}(${typeName(arg)}=${toText(arg)})`;
}

function typeName(arg: TemplateValue): string {
  if (typeof arg === 'number') return 'float64';
  if (typeof arg === 'boolean') return 'bool';
  return typeof arg === 'string' ? 'string' : 'map[string]string';
}
