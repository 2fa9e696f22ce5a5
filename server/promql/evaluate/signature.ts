import type { Matching } from '../ast.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';

/** What two series must have in common to be a match. */
export function matchSignature({ on, labels }: Matching): (series: Labels) => Labels {
  const names = new Set(labels);
  if (on) return (series) => series.keep(names);
  names.add(METRIC_NAME);
  return (series) => series.without(names);
}
