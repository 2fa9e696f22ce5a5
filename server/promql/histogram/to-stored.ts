import { RESET_HINTS } from '#server/decode/histogram-row.ts';
import type { StoredHistogram, StoredSide } from '#server/forward/remote-write/read-metric-rows.ts';
import { entriesOf, type Buckets, type Histogram } from './histogram.ts';

/** A histogram as those who send it on have it: buckets in spans of neighbours. */
export function toStored({ hint, positive, negative, bounds, ...rest }: Histogram): StoredHistogram {
  return {
    ...rest,
    resetHint: RESET_HINTS[hint],
    positive: sideOf(positive),
    negative: sideOf(negative),
    bounds: [...(bounds ?? [])],
  };
}

function sideOf(buckets: Buckets): StoredSide {
  const side: StoredSide = { offsets: [], lengths: [], counts: [], floatCounts: [] };
  const isWhole = buckets.counts.every(Number.isSafeInteger);
  let after: number | undefined;
  for (const [index, count] of entriesOf(buckets)) {
    if (index === after) side.lengths[side.lengths.length - 1]! += 1;
    else {
      side.offsets.push(index - (after ?? 0));
      side.lengths.push(1);
    }
    after = index + 1;
    (isWhole ? side.counts : side.floatCounts).push(count);
  }
  return side;
}
