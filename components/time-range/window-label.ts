import { formatSpan } from '#components/format/duration.ts';
import { formatMoment } from '#components/format/time.ts';
import type { TimeWindow } from './time-window.ts';

/** "Last 15 min", or the two ends of a fixed window. */
export function windowLabel(window: TimeWindow, style: { zone: string; nowMs: number }): string {
  if (window.kind === 'live') return `Last ${presetLabel(window.spanMs)}`;
  return `${formatMoment(window.fromMs, style)} – ${formatMoment(window.toMs, style)}`;
}

/** A day reads as 24 h here: that is what people call the choice. */
export function presetLabel(spanMs: number): string {
  return spanMs === 86_400_000 ? '24 h' : formatSpan(spanMs);
}
