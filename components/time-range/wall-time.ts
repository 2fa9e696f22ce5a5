const FORMAT = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

/** What a clock on the wall in `zone` shows, in the form that date-time fields take: 2026-03-04T03:12:45. */
export function toWallTime(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { ...FORMAT, timeZone: zone }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? '00';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}

/**
 * The moment at which a clock in `zone` shows `text`; null when it is no date and time. An hour that a change of clocks
 * skips is read as the hour after it, one that it repeats as its first pass.
 */
export function fromWallTime(text: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null;
  const asUtc = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsets = [-1, 1].map((days) => offsetMs(asUtc + days * 86_400_000, zone));
  const candidates = offsets.map((offset) => asUtc - offset);
  const exact = candidates.filter((ms) => ms + offsetMs(ms, zone) === asUtc);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** How far the wall clock in `zone` is ahead of UTC at that moment. */
function offsetMs(ms: number, zone: string): number {
  const second = Math.floor(ms / 1000) * 1000;
  return Date.parse(`${toWallTime(second, zone)}Z`) - second;
}
