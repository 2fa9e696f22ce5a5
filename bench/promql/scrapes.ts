import { createRandom } from '../load/random.ts';
import { seriesOfTarget, type Movement, type TargetSeries } from './inventory.ts';

export const SCRAPE_MS = 15_000;

/** Some samples of one target, in the order of time: every series at every scrape. */
export interface Slice {
  target: number;
  series: TargetSeries[];
  timestamps: Float64Array;
  /** Of one series after another. */
  values: Float64Array[];
}

/** Short enough for Prometheus, which takes no sample that is older than an hour before its newest. */
const SLICE_MS = 30 * 60_000;

export interface Scrapes {
  /** Until where all was generated; moves on with what is taken. */
  readonly atMs: number;
  /** Slice after slice of time until there, in whole intervals. */
  until: (endMs: number) => Generator<Slice>;
}

/**
 * The scrapes of all targets from a time on. A target is scraped at a time of its own within the interval, and its counters
 * begin again once a day. Everything follows from the numbers of targets and scrapes: twice the same.
 */
export function createScrapes(targets: number, startMs: number): Scrapes {
  const states = Array.from({ length: targets }, (_, target) => startTarget(target));
  let atMs = startMs;
  return {
    get atMs() {
      return atMs;
    },
    *until(endMs) {
      while (endMs - atMs >= SCRAPE_MS) {
        const fromMs = atMs;
        const scrapes = Math.floor((Math.min(endMs, fromMs + SLICE_MS) - fromMs) / SCRAPE_MS);
        atMs += scrapes * SCRAPE_MS;
        for (const [target, { series, phaseMs, restartMs, moves }] of states.entries()) {
          const timestamps = Float64Array.from({ length: scrapes }, (_, place) => fromMs + phaseMs + place * SCRAPE_MS);
          const restart = timestamps.findIndex(
            (ms) => ms >= startMs + restartMs && ms < startMs + restartMs + SCRAPE_MS,
          );
          const values = moves.map((move) => Float64Array.from(timestamps, (_, place) => move(place === restart)));
          yield { target, series, timestamps, values };
        }
      }
    },
  };
}

function startTarget(target: number) {
  const random = createRandom(target);
  const series = seriesOfTarget(target);
  return {
    series,
    // Never on a step of a query: the two versions of Prometheus differ in what the begin of a range is.
    phaseMs: 1 + Math.floor(random() * (SCRAPE_MS - 1000)),
    restartMs: Math.floor(random() * 86_400_000),
    moves: series.map(({ movement }) => createMove(movement, random)),
  };
}

function createMove(movement: Movement, random: () => number): (restarted: boolean) => number {
  switch (movement.kind) {
    case 'constant':
      return () => movement.value;
    case 'gauge': {
      let units = movement.around;
      return () => {
        // Drawn back to where it began: of values that have all sunk to 0 nobody can tell which are the top five.
        units += Math.round(((random() - 0.5) * 0.1 + (1 - units / movement.around) * 0.01) * movement.around);
        return Number((units * movement.unit).toFixed(2));
      };
    }
    case 'counter': {
      const scale = 10 ** movement.fractionDigits;
      let total = Math.floor(random() * 1e6 * movement.perScrape);
      return (restarted) => {
        if (restarted) total = 0;
        total += Math.floor(movement.perScrape * scale * 2 * random() + random());
        return total / scale;
      };
    }
  }
}
