import type { TimeRange } from '#server/time/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { significant } from '#components/format/number.ts';
import { formatClock, formatClockShort, formatMoment } from '#components/format/time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LONG = [
  { ms: DAY, name: 'd' },
  { ms: 60 * MINUTE, name: 'h' },
  { ms: MINUTE, name: 'min' },
];

/** The label of a tick on a time axis: seconds only where ticks are closer than a minute, the day where midnight is a tick. */
export function axisLabel(tMs: number, stepMs: number, zone: string): string {
  if (stepMs < MINUTE) return formatClock(tMs, zone);
  if (stepMs < DAY) return formatClockShort(tMs, zone);
  // A "now" far away makes the formatter say the day; the clock of a daily tick is noise.
  return formatMoment(tMs, { zone, nowMs: tMs + 2 * DAY }).replace(/ \d{2}:\d{2}$/, '');
}

/** A duration beside an axis, in one unit: two would not fit the gutter. */
export function durationTick(ms: number): string {
  const unit = LONG.find((long) => ms >= long.ms);
  return unit ? `${significant(ms / unit.ms, 2)} ${unit.name}` : formatDuration(ms);
}

/** Half a label, less the margin at the right of a plot. */
const CUT_PX = 8;

/** The ticks whose labels are not cut off at the right edge of a chart of `width` pixels. */
export function uncutTicks(ticks: readonly number[], range: TimeRange, width: number): number[] {
  const msPerPx = (range.toMs - range.fromMs) / Math.max(1, width);
  return ticks.filter((tick) => range.toMs - tick >= CUT_PX * msPerPx);
}
