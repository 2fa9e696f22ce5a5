import type { Store } from '#server/store/client.ts';
import type { SampleSource, SampleWindow } from '../evaluate/evaluation.ts';
import type { Labels } from '../labels/labels.ts';
import { readAhead } from './read-ahead.ts';
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
  /** Of series that were read ahead. */
  labels: Map<bigint, Labels>;
}

/** Selectors answered by the store; the floats that they found are kept in memory, shared unless other bounds are given. */
export function createStoreSource(store: Store, bounds?: CacheBounds): SampleSource {
  const memory = bounds ? fresh(store, bounds) : sharedMemory(store);
  return { results: resultsOf(store, bounds ?? BOUNDS), read: reader(store, memory) };
}

/** The same for questions whose windows are known beforehand: what those hold is read in one go, as of now. */
export async function createSourceAhead(store: Store, windows: readonly SampleWindow[]): Promise<SampleSource> {
  const memory = sharedMemory(store);
  const ahead = await readAhead(store, windows, memory.labels);
  return { read: reader(store, memory, ahead) };
}

function reader(
  store: Store,
  { cache, metrics }: Memory,
  ahead: Awaited<ReturnType<typeof readAhead>> = () => undefined,
): SampleSource['read'] {
  const histogramsOf = async (window: SampleWindow) =>
    (await metrics.mayMatch(window)) ? readHistograms(store, window) : [];
  const floatsOf = async (window: SampleWindow) => ahead(window) ?? cache.read(window);
  return async (window) => {
    try {
      const [series, histograms] = await Promise.allSettled([floatsOf(window), histogramsOf(window)]);
      if (series.status === 'rejected') throw series.reason;
      if (histograms.status === 'rejected') throw histograms.reason;
      return joinHistograms(series.value, histograms.value);
    } catch (cause) {
      throw toPromqlError(cause);
    }
  };
}

function fresh(store: Store, bounds: CacheBounds): Memory {
  return { cache: new SampleCache(store, bounds), metrics: new HistogramMetrics(store), labels: new Map() };
}

function sharedMemory(store: Store): Memory {
  const memory = shared.get(store) ?? fresh(store, BOUNDS);
  shared.set(store, memory);
  return memory;
}
