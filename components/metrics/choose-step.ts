const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  DAY,
];

/** Points closer than this cannot be told apart. */
const POINT_PX = 4;
const POINTS_MIN = 60;
const POINTS_MAX = 400;

/** A round step that gives a graph of this width about as many points as it can show. */
export function chooseStep(spanMs: number, widthPx: number): number {
  const points = Math.min(POINTS_MAX, Math.max(POINTS_MIN, Math.floor(widthPx / POINT_PX)));
  return STEPS.find((stepMs) => spanMs / stepMs <= points) ?? Math.ceil(spanMs / points / DAY) * DAY;
}
