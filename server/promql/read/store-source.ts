import type { Store } from '#server/store/client.ts';
import type { SampleSource } from '../evaluate/evaluation.ts';
import { SampleCache, type CacheBounds } from './sample-cache.ts';
import { toPromqlError } from './to-promql-error.ts';
import { resultsOf } from '../results/results-of.ts';

const BOUNDS: CacheBounds = {
  // Some 20 million samples, which is what the panels of a few dashboards show.
  bytesMax: 192 * 1024 ** 2,
  windowMsMin: 30 * 60_000,
  resultBytesMax: 48 * 1024 ** 2,
  // The store ends an insert after two minutes, if it looks at its clock in time.
  insertMsMax: 150_000,
};

/** All that ask the same store share what was read. */
const shared = new WeakMap<Store, SampleCache>();

/** Selectors answered by the store; what they found is kept in memory, shared unless other bounds are given. */
export function createStoreSource(store: Store, bounds?: CacheBounds): SampleSource {
  const cache = bounds ? new SampleCache(store, bounds) : sharedCache(store);
  return {
    results: resultsOf(store, bounds ?? BOUNDS),
    read: async (window) => {
      try {
        return await cache.read(window);
      } catch (cause) {
        throw toPromqlError(cause);
      }
    },
  };
}

function sharedCache(store: Store): SampleCache {
  const cache = shared.get(store) ?? new SampleCache(store, BOUNDS);
  shared.set(store, cache);
  return cache;
}
