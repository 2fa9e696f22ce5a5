import { AppError } from '#server/errors.ts';
import type { TimeRange } from './schema.ts';

const DAY_MS = 86_400_000;
const RANGE_DAYS_MAX = 31;

/** Refuses a range that no panel can show and no store should read. */
export function checkRange({ fromMs, toMs }: TimeRange): void {
  const days = (toMs - fromMs) / DAY_MS;
  if (days <= RANGE_DAYS_MAX) return;
  throw new AppError(
    'BAD_REQUEST',
    `The range covers ${Math.ceil(days)} days. Ask about ${RANGE_DAYS_MAX} days or fewer at a time.`,
  );
}
