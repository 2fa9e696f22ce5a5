import type { TimeRange } from '#server/time/schema.ts';

/** What the viewer looks at: the last so-many milliseconds, moving with the clock, or a stretch that stands still. */
export type TimeWindow = { kind: 'live'; spanMs: number } | { kind: 'fixed'; fromMs: number; toMs: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY } as const;
/** The store keeps no more than this; a longer window only makes every query slow. */
const SPAN_MS_MAX = 92 * DAY;
/** Below a second nothing but single calls is left; the trace itself shows those. */
const SPAN_MS_MIN = SECOND;

export const PRESETS = [5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY] as const;
export const DEFAULT_WINDOW: TimeWindow = { kind: 'live', spanMs: 15 * MINUTE };

/** The `from` and `to` of an address, which may repeat them: the first counts. */
export interface WindowParams {
  from?: string | string[] | null;
  to?: string | string[] | null;
}

/** Reads `from=now-15m` or `from=<ms>&to=<ms>`; what cannot be read is the default, for an address may be typed by hand. */
export function parseTimeWindow(params: WindowParams): TimeWindow {
  const from = [params.from].flat()[0] ?? '';
  const to = [params.to].flat()[0] ?? '';
  const live = /^now-(\d{1,6})([smhd])$/.exec(from);
  if (live && (to === '' || to === 'now')) {
    const spanMs = Number(live[1]) * UNITS[live[2] as keyof typeof UNITS];
    return spanMs > 0 ? { kind: 'live', spanMs: Math.min(spanMs, SPAN_MS_MAX) } : DEFAULT_WINDOW;
  }
  if (!/^\d{1,15}$/.test(from) || !/^\d{1,15}$/.test(to)) return DEFAULT_WINDOW;
  return fixedWindow(Number(from), Number(to));
}

/** A window that stands still, its ends put in order and held within bounds. */
export function fixedWindow(aMs: number, bMs: number): TimeWindow {
  const fromMs = Math.max(0, Math.floor(Math.min(aMs, bMs)));
  const toMs = Math.ceil(Math.max(aMs, bMs));
  const spanMs = Math.min(SPAN_MS_MAX, Math.max(SPAN_MS_MIN, toMs - fromMs));
  return { kind: 'fixed', fromMs, toMs: fromMs + spanMs };
}

/** The reverse of `parseTimeWindow`; the default leaves the address bare. */
export function writeTimeWindow(window: TimeWindow): { from: string | null; to: string | null } {
  if (window.kind === 'fixed') return { from: String(window.fromMs), to: String(window.toMs) };
  if (isSameWindow(window, DEFAULT_WINDOW)) return { from: null, to: null };
  return { from: `now-${shortSpan(window.spanMs)}`, to: null };
}

/** The stretch of time that the window covers at `nowMs`. */
export function resolveWindow(window: TimeWindow, nowMs: number): TimeRange {
  if (window.kind === 'fixed') return { fromMs: window.fromMs, toMs: window.toMs };
  return { fromMs: nowMs - window.spanMs, toMs: nowMs };
}

export function isSameWindow(a: TimeWindow, b: TimeWindow): boolean {
  if (a.kind === 'live') return b.kind === 'live' && a.spanMs === b.spanMs;
  return b.kind === 'fixed' && a.fromMs === b.fromMs && a.toMs === b.toMs;
}

/** 90 000 -> "90s": the largest unit that says it without a rest. */
function shortSpan(spanMs: number): string {
  const whole = (['d', 'h', 'm'] as const).find((unit) => spanMs % UNITS[unit] === 0);
  return whole ? `${spanMs / UNITS[whole]}${whole}` : `${Math.max(1, Math.round(spanMs / SECOND))}s`;
}
