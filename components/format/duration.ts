import { NOTHING, significant } from './number.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A measured duration with three digits at most: 84 µs, 4.2 ms, 412 ms, 1.2 s, 2 min 5 s. */
export function formatDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return NOTHING;
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms === 0) return '0 ms';
  if (ms < 0.9995) return `${significant(ms * 1000)} µs`;
  if (ms < 9.95) return `${significant(ms, 2)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9.95 * SECOND) return `${significant(ms / SECOND, 2)} s`;
  if (ms < MINUTE) return `${significant(ms / SECOND)} s`;
  return formatSpan(ms);
}

/** A stretch of wall-clock time in its two largest units: 8 s, 2 min 5 s, 3 h 12 min, 4 d 2 h. */
export function formatSpan(ms: number): string {
  const totalSeconds = Math.max(0, Math.floor(ms / SECOND));
  if (totalSeconds < 60) return `${totalSeconds} s`;
  const units = [
    { ms: DAY, name: 'd' },
    { ms: HOUR, name: 'h' },
    { ms: MINUTE, name: 'min' },
    { ms: SECOND, name: 's' },
  ];
  const first = units.findIndex((unit) => ms >= unit.ms);
  const major = units[first];
  const minor = units[first + 1];
  if (!major || !minor) return `${totalSeconds} s`;
  const rest = Math.floor((ms % major.ms) / minor.ms);
  const head = `${Math.floor(ms / major.ms)} ${major.name}`;
  return rest === 0 ? head : `${head} ${rest} ${minor.name}`;
}

/** The largest unit only, for ages that change while you look: 8 s, 5 min, 3 h, 4 d. */
export function formatAge(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}
