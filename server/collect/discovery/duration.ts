import { z } from 'zod';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PART = /(\d+)(ms|s|m|h|d)/g;

/** As Prometheus writes durations, `1m30s`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:ms|s|m|h|d))+$/.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit as 'ms'], 0);
}

export const Duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms === undefined) context.addIssue('a duration is a number and ms, s, m, h or d, as in 5s or 1m30s');
  else if (ms < 100) context.addIssue('at least 100ms');
  else if (ms > UNITS.d) context.addIssue('at most 1d');
  return ms ?? 0;
});
