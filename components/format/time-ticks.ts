const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** At most `max` round moments within the window, a round step apart, aligned to UTC. */
export function timeTicks(fromMs: number, toMs: number, max: number): { stepMs: number; ticks: number[] } {
  const span = toMs - fromMs;
  const stepMs = STEPS.find((step) => span / step <= max) ?? Math.ceil(span / max / DAY) * DAY;
  const first = Math.ceil(fromMs / stepMs) * stepMs;
  const ticks: number[] = [];
  for (let tMs = first; tMs <= toMs; tMs += stepMs) ticks.push(tMs);
  return { stepMs, ticks: ticks.slice(0, max) };
}
