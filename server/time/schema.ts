import { z } from 'zod';

/** A half-open window [fromMs, toMs) of Unix milliseconds. */
export const TimeRange = z
  .object({ fromMs: z.number().int().nonnegative(), toMs: z.number().int().positive() })
  .refine((range) => range.toMs > range.fromMs, 'toMs must be after fromMs');
export type TimeRange = z.infer<typeof TimeRange>;

/** One point of a series; null says that nothing was measured, which is not zero. */
export interface Point {
  tMs: number;
  value: number | null;
}
