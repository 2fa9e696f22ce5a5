import { Counter, Gauge, type Metric } from 'prom-client';
import type { AnswerStore } from './answer-store.ts';
import type { CacheOutcome } from './ask-through-cache.ts';

export type DropCause = 'write' | 'purge' | 'configuration' | 'other gateway';

export interface CacheMetrics {
  all: Metric[];
  countAnswer: (httpRoute: string, outcome: CacheOutcome) => void;
  countDrop: (cause: DropCause) => void;
}

const OUTCOMES: readonly CacheOutcome[] = ['hit', 'collapsed', 'miss', 'revalidated', 'stale', 'passed'];

/** What the cache was good for and how full it is; in no registry yet. */
export function createCacheMetrics(store: AnswerStore, httpRoutes: readonly string[]): CacheMetrics {
  const answers = new Counter({
    name: 'response_cache_answers_total',
    help: 'Answers of routes that are cached: hit, collapsed (the call of another served), miss, revalidated, stale (instead of a failure), passed (not kept).',
    labelNames: ['http_route', 'outcome'] as const,
    registers: [],
  });
  const drops = new Counter({
    name: 'response_cache_invalidations_total',
    help: 'Times that answers were dropped, by cause: write, purge, configuration (a route whose answers are no longer kept), other gateway.',
    labelNames: ['cause'] as const,
    registers: [],
  });
  // A counter that appears with its first hit shows no increase over it.
  for (const http_route of httpRoutes) for (const outcome of OUTCOMES) answers.inc({ http_route, outcome }, 0);
  return {
    all: [
      answers,
      drops,
      gauge('response_cache_bytes', 'Bytes of the answers that are kept.', () => store.bytes),
      gauge('response_cache_entries', 'URIs of which answers are kept.', () => store.count),
      gauge('response_cache_evictions', 'URIs that had to go for others since the start.', () => store.evictions),
    ],
    countAnswer: (http_route, outcome) => answers.inc({ http_route, outcome }),
    countDrop: (cause) => drops.inc({ cause }),
  };
}

function gauge(name: string, help: string, value: () => number): Gauge {
  return new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(value());
    },
  });
}
