import type { Store } from '#server/store/client.ts';
import type { SampleSource, SampleWindow } from '../evaluate/evaluation.ts';
import { HistogramMetrics, joinHistograms, readHistograms } from './read-histograms.ts';
import { SampleCache, type CacheBounds } from './sample-cache.ts';
import { toPromqlError } from './to-promql-error.ts';
import { resultsOf } from '../results/results-of.ts';

const BOUNDS: CacheBounds = {
  // Some ten million samples: for panels whose range or step is changed, and for those that share a selector.
  bytesMax: 96 * 1024 ** 2,
  windowMsMin: 30 * 60_000,
  resultBytesMax: 48 * 1024 ** 2,
  // The store ends an insert after two minutes, if it looks at its clock in time.
  insertMsMax: 150_000,
};

/** All that ask the same store share what was read. */
const shared = new WeakMap<Store, Memory>();

interface Memory {
  cache: SampleCache;
  metrics: HistogramMetrics;
}

/** Selectors answered by the store; the floats that they found are kept in memory, shared unless other bounds are given. */
export function createStoreSource(store: Store, bounds?: CacheBounds): SampleSource {
  const { cache, metrics } = bounds ? fresh(store, bounds) : sharedMemory(store);
  const histogramsOf = async (window: SampleWindow) =>
    (await metrics.mayMatch(window)) ? readHistograms(store, window) : [];
  return {
    results: resultsOf(store, bounds ?? BOUNDS),
    read: async (window) => {
      try {
        const [series, histograms] = await Promise.allSettled([cache.read(window), histogramsOf(window)]);
        if (series.status === 'rejected') throw series.reason;
        if (histograms.status === 'rejected') throw histograms.reason;
        return joinHistograms(series.value, histograms.value);
      } catch (cause) {
        throw toPromqlError(cause);
      }
    },
  };
}

function fresh(store: Store, bounds: CacheBounds): Memory {
  return { cache: new SampleCache(store, bounds), metrics: new HistogramMetrics(store) };
}

function sharedMemory(store: Store): Memory {
  const memory = shared.get(store) ?? fresh(store, BOUNDS);
  shared.set(store, memory);
  return memory;
}
