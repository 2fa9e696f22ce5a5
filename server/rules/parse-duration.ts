import { AppError } from '#server/errors.ts';

const UNITS_MS = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
} as const;
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds of a Prometheus duration: `0`, `15s`, `1h30m`; units from the largest down, each at most once. */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text);
  if (text === '0') return 0;
  if (!match || text === '')
    throw new AppError('BAD_REQUEST', `"${text}" is not a duration: write it like 30s, 5m or 1h30m.`);
  const ms = Object.values(UNITS_MS).reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
  if (ms > Number.MAX_SAFE_INTEGER) throw new AppError('BAD_REQUEST', `The duration "${text}" is out of range.`);
  return ms;
}

/** The shortest way to write `ms` as a Prometheus duration. */
export function formatDuration(ms: number): string {
  let left = Math.round(ms);
  let text = '';
  for (const [unit, size] of Object.entries(UNITS_MS)) {
    // As Prometheus prints: weeks and years only when nothing smaller remains, or 30 days would read 4w2d.
    if ((unit === 'y' || unit === 'w') && left % size !== 0) continue;
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text || '0s';
}
