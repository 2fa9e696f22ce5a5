import { trace } from '@opentelemetry/api';
import type { Metric } from 'prom-client';
import type { Route } from '../proxy/routes.ts';
import { AnswerStore } from './answer-store.ts';
import type { CachedResult, ResponseCache } from './ask-through-cache.ts';
import { createCacheMetrics, type DropCause } from './cache-metrics.ts';

export interface GatewayCache extends ResponseCache {
  metrics: readonly Metric[];
  /** Does a route ever give an answer again? */
  isOn: (route: Route) => boolean;
  /** Drops what is kept of a path and below it, all for ''; how many URIs that were. */
  drop: (path: string, cause: DropCause) => number;
  /** Says what the cache did for an answer: in the metrics, and on the span of the request that it is for. */
  note: (route: Route, answered: CachedResult) => void;
}

export interface CacheOptions {
  /** 0: nothing is kept. */
  bytesMax: number;
  entryBytesMax: number;
  httpRoutes: readonly string[];
  now: () => number;
  /** Has the other gateways drop it too. */
  tellOthers: (path: string) => void;
}

/** The answers that this gateway keeps for all who ask. */
export function createCache({ bytesMax, entryBytesMax, httpRoutes, now, tellOthers }: CacheOptions): GatewayCache {
  const store = new AnswerStore(Math.max(1, bytesMax));
  const metrics = createCacheMetrics(store, httpRoutes);
  return {
    store,
    entryBytesMax: Math.min(entryBytesMax, bytesMax),
    now,
    metrics: metrics.all,
    isOn: ({ cacheTtlMs }) => cacheTtlMs > 0 && bytesMax > 0,
    drop: (path, cause) => {
      metrics.countDrop(cause);
      if (cause !== 'other gateway') tellOthers(path);
      return store.drop(path);
    },
    note: (route, answered) => {
      metrics.countAnswer(route.httpRoute, answered.outcome);
      noteAnswer(answered);
    },
  };
}

function noteAnswer(answered: CachedResult): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  span.setAttribute('response_cache.outcome', answered.outcome);
  if (answered.kind === 'stored') span.setAttribute('response_cache.age_ms', Math.round(answered.ageMs));
  // The call's own span says what became of it; the client got an answer.
  if (answered.outcome === 'stale') span.setAttribute('circuit_breaker.outcome', 'fallback');
}
