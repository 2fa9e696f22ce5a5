// Invented once and the same for ever: what is drawn from it may be compared from one day to the next.
import type { CircuitState } from '#server/circuits/schema.ts';
import type { RedPoint } from '#server/services/schema.ts';
import type { DurationBucket } from '#server/traces/schema.ts';
import type { ChartMarker } from '#components/chart/chart-marker.ts';

const MINUTE = 60_000;
export const SAMPLE_NOW_MS = Date.UTC(2026, 0, 15, 12, 0);
export const SAMPLE_STEP_MS = MINUTE;
export const SAMPLE_RANGE = { fromMs: SAMPLE_NOW_MS - 60 * MINUTE, toMs: SAMPLE_NOW_MS };

const at = (minute: number) => SAMPLE_RANGE.fromMs + minute * MINUTE;
const wave = (minute: number) => Math.sin(minute / 7) + Math.sin(minute / 2.3) / 3;

/** An hour in which a deploy goes wrong, nothing is served for a while, and a second deploy mends it. */
export const SAMPLE_POINTS: readonly RedPoint[] = Array.from({ length: 60 }, (_, minute) => {
  const isSilent = minute >= 34 && minute < 39;
  const isFailing = minute >= 25 && minute < 45;
  const p50 = isSilent ? null : 40 + 6 * wave(minute) + (isFailing ? 60 : 0);
  return {
    tMs: at(minute),
    requestsPerS: isSilent ? 0 : 42 + 8 * wave(minute),
    errorsPerS: 0,
    errorRatio: isSilent ? null : isFailing ? 0.12 + 0.03 * wave(minute) : 0.002,
    latencyMsP50: p50,
    latencyMsP95: p50 && p50 * 2.4,
    latencyMsP99: p50 && p50 * 4,
  };
});

export const SAMPLE_LONE_POINTS: readonly RedPoint[] = SAMPLE_POINTS.filter(
  (_, minute) => minute === 20 || minute > 50,
);

export const SAMPLE_MARKERS: readonly ChartMarker[] = [
  { tMs: at(10), label: '1.4.0 deployed', tone: 'neutral' },
  { tMs: at(25), label: '1.4.1 deployed: errors 0.2 % → 12 %, p95 ×2.5', tone: 'critical' },
  { tMs: at(45), label: '1.4.2 deployed: errors 12 % → 0.2 %', tone: 'ok' },
];

export const SAMPLE_BANDS: readonly { fromMs: number; toMs: number; state: CircuitState }[] = [
  { fromMs: at(0), toMs: at(33), state: 'closed' },
  { fromMs: at(33), toMs: at(38), state: 'open' },
  { fromMs: at(38), toMs: at(40), state: 'half_open' },
  { fromMs: at(40), toMs: at(60), state: 'closed' },
];

export const SAMPLE_HEAT: readonly DurationBucket[] = Array.from({ length: 60 }, (_, minute) =>
  [10, 20, 40, 80, 160, 320].map((durationMs, rung) => {
    const slow = minute >= 25 && minute < 45;
    const count = Math.round(30 * Math.exp(-((rung - (slow ? 3.4 : 1.6) - wave(minute) / 3) ** 2)));
    return { tMs: at(minute), durationMs, count, errors: slow && rung > 3 ? Math.round(count * 0.4) : 0 };
  }),
)
  .flat()
  .filter(({ count }) => count > 0);

export const SAMPLE_ROWS = [
  { name: 'gateway', rate: '42/s', p95: '96 ms', selected: false },
  { name: 'orders', rate: '18/s', p95: '120 ms', selected: true },
  { name: 'payments', rate: '9.4/s', p95: '1.2 s', selected: false },
];
