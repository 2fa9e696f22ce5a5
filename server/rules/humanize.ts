const SI = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const SI_SMALL = ['', 'm', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const BINARY = ['', 'ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];

/** `1234` to `1.234k`, as Prometheus's template function of the name. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return general(value);
  if (Math.abs(value) >= 1) return scale(value, 1_000, SI);
  let [scaled, step] = [value, 0];
  while (Math.abs(scaled) < 1 && step < SI_SMALL.length - 1) [scaled, step] = [scaled * 1_000, step + 1];
  return general(scaled) + SI_SMALL[step];
}

export function humanize1024(value: number): string {
  return Math.abs(value) <= 1 || !Number.isFinite(value) ? general(value) : scale(value, 1_024, BINARY);
}

/** Seconds to `1h 2m 3s`, or `12.3ms`. */
export function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return general(seconds);
  if (seconds === 0) return '0s';
  if (Math.abs(seconds) < 1) return `${humanize(seconds)}s`;
  const sign = seconds < 0 ? '-' : '';
  const left = Math.abs(seconds);
  const [days, hours, minutes] = [Math.floor(left / 86_400), Math.floor(left / 3_600) % 24, Math.floor(left / 60) % 60];
  if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${Math.floor(left % 60)}s`;
  if (hours > 0) return `${sign}${hours}h ${minutes}m ${Math.floor(left % 60)}s`;
  if (minutes > 0) return `${sign}${minutes}m ${Math.floor(left % 60)}s`;
  return `${sign}${general(left)}s`;
}

/** A ratio to a percentage: `0.123` to `12.3%`. */
export function humanizePercentage(ratio: number): string {
  return `${general(ratio * 100)}%`;
}

export function humanizeTimestamp(unixSeconds: number): string {
  return Number.isFinite(unixSeconds)
    ? new Date(unixSeconds * 1_000).toISOString().replace('T', ' ').replace('Z', ' +0000 UTC')
    : general(unixSeconds);
}

/** Go's verbs for text and numbers: %s %v %d %f %.2f %e %g %q %%, with width and precision. */
export function printf(format: string, args: readonly (string | number)[]): string {
  let next = 0;
  return format.replace(/%([-+ 0]*)(\d*)(?:\.(\d+))?([a-z%])/g, (verb, flags: string, width: string, digits, kind) => {
    if (kind === '%') return '%';
    const arg = args[next++];
    if (arg === undefined) return `%!${kind}(MISSING)`;
    const text = formatVerb(kind as string, arg, digits === undefined ? undefined : Number(digits), verb as string);
    const signed = flags.includes('+') && typeof arg === 'number' && arg >= 0 ? `+${text}` : text;
    if (flags.includes('-')) return signed.padEnd(Number(width));
    return signed.padStart(Number(width), flags.includes('0') ? '0' : ' ');
  });
}

function formatVerb(kind: string, arg: string | number, digits: number | undefined, verb: string): string {
  switch (kind) {
    case 's':
    case 'v':
      return digits === undefined ? String(arg) : String(arg).slice(0, digits);
    case 'q':
      return JSON.stringify(String(arg));
    case 'd':
      return String(Math.trunc(Number(arg)));
    case 'f':
      return Number(arg).toFixed(digits ?? 6);
    case 'e':
      return Number(arg).toExponential(digits ?? 6);
    case 'g':
      return digits === undefined ? String(Number(arg)) : general(Number(arg), digits);
    default:
      return `%!${kind}(${verb})`;
  }
}

function scale(value: number, base: number, prefixes: readonly string[]): string {
  let [scaled, step] = [value, 0];
  while (Math.abs(scaled) >= base && step < prefixes.length - 1) [scaled, step] = [scaled / base, step + 1];
  return general(scaled) + prefixes[step];
}

/** Go's %.4g: four significant digits, no trailing zeros. */
function general(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(Number(value.toPrecision(digits || 1)));
}
