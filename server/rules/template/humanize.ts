import { formatGeneral, formatNonFinite } from './go-number.ts';

const SI = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const SI_SMALL = ['', 'm', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const BINARY = ['', 'ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];

/** `1234` to `1.234k`, as Prometheus's template function of the name. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return fourDigits(value);
  if (Math.abs(value) >= 1) return scale(value, 1_000, SI);
  let [scaled, step] = [value, 0];
  while (Math.abs(scaled) < 1 && step < SI_SMALL.length - 1) [scaled, step] = [scaled * 1_000, step + 1];
  return fourDigits(scaled) + SI_SMALL[step];
}

export function humanize1024(value: number): string {
  return Math.abs(value) <= 1 || !Number.isFinite(value) ? fourDigits(value) : scale(value, 1_024, BINARY);
}

/** Seconds to `1h 2m 3s`, or `12.3ms`. */
export function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return fourDigits(seconds);
  if (seconds === 0) return '0s';
  if (Math.abs(seconds) < 1) return `${humanize(seconds)}s`;
  const sign = seconds < 0 ? '-' : '';
  const left = Math.abs(seconds);
  const whole = Math.trunc(left);
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3_600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${whole % 60}s`;
  if (hours > 0) return `${sign}${hours}h ${minutes}m ${whole % 60}s`;
  if (minutes > 0) return `${sign}${minutes}m ${whole % 60}s`;
  return `${sign}${fourDigits(left)}s`;
}

/** A ratio to a percentage: `0.123` to `12.3%`. */
export function humanizePercentage(ratio: number): string {
  return `${fourDigits(ratio * 100)}%`;
}

export function humanizeTimestamp(unixSeconds: number): string {
  return Number.isFinite(unixSeconds) ? formatTime(unixSeconds * 1_000) : formatNonFinite(unixSeconds);
}

/** As Go prints a time in UTC: a fraction only where there is one. */
export function formatTime(unixMs: number): string {
  const [date, time] = new Date(unixMs).toISOString().slice(0, -1).split('T') as [string, string];
  return `${date} ${time.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros.replace(/0+$/, '')))} +0000 UTC`;
}

function scale(value: number, base: number, prefixes: readonly string[]): string {
  let [scaled, step] = [value, 0];
  while (Math.abs(scaled) >= base && step < prefixes.length - 1) [scaled, step] = [scaled / base, step + 1];
  return fourDigits(scaled) + prefixes[step];
}

function fourDigits(value: number): string {
  return formatGeneral(value, 4);
}
