import type { Labels } from '../labels/labels.ts';
import type { Identified } from './cached-selector.ts';
import type { SamplesRead } from './read-store.ts';
import { TimesPool, toRawSeries } from './to-raw-series.ts';

/** Samples as the store sent them become those of series; what has no labels yet is left for the next time. */
export function identify({ beginMs, runs }: SamplesRead, labelsOf: (id: bigint) => Labels | undefined): Identified[] {
  const times = new TimesPool();
  const found: Identified[] = [];
  for (const run of runs) {
    const labels = labelsOf(run.id);
    if (labels) found.push({ id: run.id, series: toRawSeries(labels, beginMs, run, times) });
  }
  return found;
}
