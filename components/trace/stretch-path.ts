import type { Stretch } from './critical-path.ts';

/** The drawing is so wide, whatever the screen: nobody sees a thousandth. */
export const STRETCHES_WIDTH = 1_000;
/** The shortest is still seen. */
const WIDTH_MIN = 1.5;

/** The stretches as one SVG path of bars one high; those that nobody could tell apart are one bar. */
export function stretchPath(stretches: readonly Stretch[], durationUs: number): string {
  if (durationUs <= 0) return '';
  const scale = STRETCHES_WIDTH / durationUs;
  const bars: { from: number; to: number }[] = [];
  for (const { fromUs, toUs } of stretches) {
    const from = fromUs * scale;
    const to = Math.max(toUs * scale, from + WIDTH_MIN);
    const before = bars.at(-1);
    if (before && from - before.to < 1) before.to = Math.max(before.to, to);
    else bars.push({ from, to });
  }
  return bars.map(({ from, to }) => `M${from.toFixed(1)} 0H${to.toFixed(1)}V1H${from.toFixed(1)}Z`).join('');
}
