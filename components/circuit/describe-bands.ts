import { formatSpan } from '#components/format/duration.ts';
import type { StateBand } from './state-bands.ts';

/** "open twice, 1 min 4 s in all" */
export function describeBands(bands: readonly StateBand[]): string {
  const opened = bands.filter((band) => band.state === 'open' || band.state === 'forced_open');
  if (opened.length === 0) return 'not open in this time';
  const openMs = opened.reduce((sum, band) => sum + band.toMs - band.fromMs, 0);
  return `open ${opened.length === 1 ? 'once' : `${opened.length} times`}, ${formatSpan(openMs)} in all`;
}
