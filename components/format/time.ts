import { formatAge } from './duration.ts';

/** `zone` is an IANA name; the formatters never read the machine's own zone, so that server and browser agree. */
export interface TimeStyle {
  zone: string;
  /** The moment that "today" is measured from. */
  nowMs: number;
}

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known;
  // en-GB gives day before month, 24 hours and no comma surprises; digits are the same for every reader.
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone, hourCycle: 'h23' });
  cache.set(key, made);
  return made;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const CLOCK_SHORT = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = { day: 'numeric', month: 'short' } as const;

/** 03:12:45 */
export function formatClock(ms: number, zone: string): string {
  return formatter(zone, CLOCK).format(ms);
}

/** 03:12 */
export function formatClockShort(ms: number, zone: string): string {
  return formatter(zone, CLOCK_SHORT).format(ms);
}

/** The clock alone for today, else with the day, and with the year when it is another one: 03:12:45, 4 Mar 03:12, 4 Mar 2024 03:12. */
export function formatMoment(ms: number, { zone, nowMs }: TimeStyle): string {
  if (isSameDay(ms, nowMs, zone)) return formatClock(ms, zone);
  const days = formatter(zone, { ...DAY, year: 'numeric' });
  const years = formatter(zone, { year: 'numeric' });
  const sameYear = years.format(ms) === years.format(nowMs);
  const day = sameYear ? formatter(zone, DAY).format(ms) : days.format(ms);
  return `${day} ${formatClockShort(ms, zone)}`;
}

/** Whether two moments lie between the same midnights of the zone. */
export function isSameDay(ms: number, otherMs: number, zone: string): boolean {
  const days = formatter(zone, { ...DAY, year: 'numeric' });
  return days.format(ms) === days.format(otherMs);
}

/** The unambiguous form for hovers: 2026-03-04 03:12:45.123 UTC. */
export function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/** "just now", "8 s ago", "5 min ago", "in 12 s". */
export function formatRelative(ms: number, nowMs: number): string {
  const age = nowMs - ms;
  if (Math.abs(age) < 1000) return 'just now';
  return age > 0 ? `${formatAge(age)} ago` : `in ${formatAge(-age)}`;
}
