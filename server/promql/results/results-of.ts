import type { Store } from '#server/store/client.ts';
import { CHECKED_MS_MAX, settlingMs, type CacheBounds } from '../read/sample-cache.ts';
import { toPromqlError } from '../read/to-promql-error.ts';
import { readArrivals } from './read-arrivals.ts';
import { ResultCache } from './result-cache.ts';

/** By the bounds they keep to: all that ask the same store under the same ones share what their queries gave. */
const known = new WeakMap<Store, WeakMap<CacheBounds, ResultCache>>();

/** The results that are kept of a store's range queries; none where the bounds leave no room. */
export function resultsOf(store: Store, bounds: CacheBounds): ResultCache | undefined {
  const { resultBytesMax, insertMsMax } = bounds;
  if (!resultBytesMax) return undefined;
  const ofStore = known.get(store) ?? new WeakMap<CacheBounds, ResultCache>();
  known.set(store, ofStore);
  const results =
    ofStore.get(bounds) ??
    new ResultCache((sinceMs, signal) => arrivals(store, sinceMs, signal), {
      bytesMax: resultBytesMax,
      insertMsMax,
      settlingMs: settlingMs(insertMsMax),
      checkedMsMax: CHECKED_MS_MAX,
    });
  ofStore.set(bounds, results);
  return results;
}

async function arrivals(store: Store, sinceMs: number, signal: AbortSignal) {
  try {
    return await readArrivals(store, sinceMs, signal);
  } catch (cause) {
    throw toPromqlError(cause);
  }
}
