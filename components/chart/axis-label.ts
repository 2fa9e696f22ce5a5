import { formatClock, formatClockShort, formatMoment } from '#components/format/time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The label of a tick on a time axis: seconds only where ticks are closer than a minute, the day where midnight is a tick. */
export function axisLabel(tMs: number, stepMs: number, zone: string): string {
  if (stepMs < MINUTE) return formatClock(tMs, zone);
  if (stepMs < DAY) return formatClockShort(tMs, zone);
  // A "now" far away makes the formatter say the day; the clock of a daily tick is noise.
  return formatMoment(tMs, { zone, nowMs: tMs + 2 * DAY }).replace(/ \d{2}:\d{2}$/, '');
}
