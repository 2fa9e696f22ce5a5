const STEPS = [1, 2, 2.5, 5, 10];

/** Round values from zero to at least `max`, no more than `count` steps apart; the last one is the end of the axis. */
export function niceTicks(max: number, count: number): number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  // The tolerance keeps 0.3 / 3 from being taken for more than 0.1.
  const step = (STEPS.find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const steps = Math.ceil((max / step) * (1 - 1e-9));
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** As `niceTicks`, from a round value at or below `min` where something lies under zero. */
export function ticksBetween(min: number, max: number, count: number): number[] {
  if (!(min < 0)) return niceTicks(max, count);
  const step = niceTicks(max - min, count)[1] ?? 1;
  const first = Math.floor((min / step) * (1 - 1e-9));
  const last = Math.max(0, Math.ceil((max / step) * (1 - 1e-9)));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
