import type { Tick } from '#server/load-tests/schema.ts';
import { OUTCOMES, totalOf } from './outcomes.ts';

/** More bars than that are thinner than a line. */
const BARS_MAX = 150;

export interface TickBar {
  /** In seconds from the start of the test. */
  fromS: number;
  toS: number;
  /** Requests a second, from the bottom; empty parts are left out. */
  parts: { key: string; fill: string; low: number; high: number }[];
  p95Ms: number | null;
}

export interface PreparedTicks {
  bars: TickBar[];
  lengthS: number;
  topPerS: number;
  topMs: number;
}

/** What the chart of a test shows: seconds put together until they fit, and round axes. */
export function prepareTicks(ticks: readonly Tick[], plannedS: number): PreparedTicks {
  const last = ticks.at(-1)?.atS ?? 0;
  const lengthS = Math.max(plannedS, last, 1);
  const step = Math.ceil(lengthS / BARS_MAX);
  const bars: TickBar[] = [];
  for (let index = 0; index < ticks.length; index += step) {
    const group = ticks.slice(index, index + step);
    let low = 0;
    const parts = OUTCOMES.flatMap(({ key, fill }) => {
      const perS = group.reduce((sum, tick) => sum + tick[key], 0) / group.length;
      if (perS === 0) return [];
      const part = { key, fill, low, high: low + perS };
      low = part.high;
      return [part];
    });
    // A quantile of quantiles is none: the worst of them is what somebody met.
    const slowest = group.reduce<number | null>(
      (most, { p95Ms }) => (p95Ms === null ? most : Math.max(most ?? 0, p95Ms)),
      null,
    );
    const toS = group.at(-1)!.atS;
    bars.push({ fromS: Math.max(0, toS - group.length), toS, parts, p95Ms: slowest });
  }
  return {
    bars,
    lengthS,
    topPerS: roundUp(Math.max(1, ...bars.map(({ parts }) => parts.at(-1)?.high ?? 0))),
    topMs: roundUp(Math.max(10, ...bars.map(({ p95Ms }) => p95Ms ?? 0))),
  };
}

/** The chart in a sentence, for those who cannot see it. */
export function describeTicks(ticks: readonly Tick[]): string {
  const all = ticks.reduce((sum, tick) => sum + totalOf(tick), 0);
  const parts = OUTCOMES.map(({ key, label }) => [label, ticks.reduce((sum, tick) => sum + tick[key], 0)] as const);
  const said = parts.filter(([, count]) => count > 0).map(([label, count]) => `${label.toLowerCase()} ${count}`);
  return `${all} requests in ${ticks.length} seconds: ${said.join(', ') || 'none'}`;
}

/** To a number that halves well: 10, 20, 30, 40, 60, 80 and their like. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 6, 8, 10].map((factor) => factor * power).find((round) => round >= value) ?? value;
}
