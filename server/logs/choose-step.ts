import type { TimeRange } from '#server/time/schema.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS_MS = [
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((n) => n * HOUR),
];

/** The smallest round step that cuts the range into no more than `most` buckets. */
export function chooseStep({ fromMs, toMs }: TimeRange, most: number): number {
  const bucketsOf = (stepMs: number) => Math.ceil(toMs / stepMs) - Math.floor(fromMs / stepMs);
  return STEPS_MS.find((stepMs) => bucketsOf(stepMs) <= most) ?? 7 * 24 * HOUR;
}
