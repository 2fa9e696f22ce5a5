import { Counter, Gauge, type Registry } from 'prom-client';
import type { SpanFacts } from '#server/decode/span-facts.ts';
import type { Log } from '#server/log.ts';
import { OWN_PREFIX } from '#server/tracing/own-service.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import { everyInterval } from '../every-interval.ts';
import type { SpanCell } from './span-cell.ts';
import { SpanCatalogue, type SpanLimits } from './span-catalogue.ts';
import { announceCell, CellRows, endCell, writeCell } from './write-cell.ts';

/** Short, so that an alert about errors need not wait for a scrape. */
const FLUSH_MS = 5_000;
/** What has not changed is said again as often as a scrape would say it. */
const REPEAT_MS = 15_000;
/** As for other series: so that `last_seen` tells which a time range may touch. */
const ANNOUNCE_MS = 5 * 60_000;
/** Without a span for so long a series ends. */
const IDLE_MS_MAX = 10 * 60_000;

export interface SpanMetricsOptions {
  wal: Wal;
  log: Log;
  registry: Registry;
  /** Tells the totals of this collector from those of others, and is the same after a restart. */
  instance: string;
  flushMs?: number;
  limits?: SpanLimits;
  now?: () => number;
}

export interface SpanMetrics {
  /** Counts the spans of a request that is on the disk. */
  count: (facts: SpanFacts) => void;
  /** Writes what is due. */
  flush: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Requests, errors and durations of all spans as series, which go the way that scraped ones go. */
export function runSpanMetrics(options: SpanMetricsOptions): SpanMetrics {
  const { wal, log, registry, instance, flushMs = FLUSH_MS, limits, now = Date.now } = options;
  const catalogue = new SpanCatalogue(instance, limits);
  const { overflow } = selfMetrics(registry, catalogue);
  let flushedMs = now();
  /** When a cell that is new now was zero: behind the end of the one before it, if there was one. */
  const bornMs = () => flushedMs + 1;

  const flush = async () => {
    const nowMs = now();
    if (nowMs <= bornMs()) return;
    flushedMs = nowMs;
    const [due, rows] = [new Set<SpanCell>(), new CellRows()];
    catalogue.forget((cell) => {
      if (nowMs - cell.touchedMs < IDLE_MS_MAX) return false;
      if (cell.isBegun) endCell(cell, rows, nowMs);
      return true;
    });
    catalogue.each((cell) => {
      if (nowMs - cell.announcedMs >= ANNOUNCE_MS) {
        announceCell(cell, rows, nowMs);
        cell.announcedMs = nowMs;
      } else if (!cell.hasChanged && nowMs - cell.writtenMs < REPEAT_MS) return;
      writeCell(cell, rows, nowMs);
      cell.hasChanged = false;
      due.add(cell);
    });
    for (const [limit, spans] of catalogue.overflowed) overflow.inc({ limit }, spans);
    catalogue.overflowed.clear();
    try {
      await Promise.all([
        wal.append('series', rows.series.chunks()),
        wal.append('samples', rows.samples.chunks()),
        wal.append('exemplars', rows.exemplars.chunks()),
      ]);
    } catch (error) {
      for (const cell of due) {
        cell.announcedMs = -Infinity;
        cell.hasChanged = true;
      }
      log.debug({ err: error }, 'span metrics could not be kept; the next flush says the same totals again');
      return;
    }
    for (const cell of due) {
      cell.isBegun = true;
      cell.writtenMs = nowMs;
    }
  };
  const onError = (error: unknown) => log.error({ err: error }, 'span metrics failed');
  const loop = everyInterval({ ms: flushMs, key: 'span_metrics', onError }, flush);

  return {
    count: (facts) => {
      const { bytes } = facts;
      const nowMs = now();
      const born = bornMs();
      facts.each((service, fact) => {
        // Of ours there is only a share; what they did is in their own metrics.
        if (!service.startsWith(OWN_PREFIX)) catalogue.cell(service, bytes, fact, born).observe(bytes, fact, nowMs);
      });
    },
    flush,
    // Nothing is said to have ended: the next process goes on with the same series, from zero.
    stop: async () => {
      await loop.stop();
      await flush();
    },
  };
}

function selfMetrics(registry: Registry, catalogue: SpanCatalogue) {
  const registers = [registry];
  return {
    cells: new Gauge({
      name: 'switchyard_collector_span_metrics_cells',
      help: 'Services, operations, kinds and statuses that spans are counted by; each is 19 series',
      registers,
      collect() {
        this.set(catalogue.cells);
      },
    }),
    overflow: new Counter({
      name: 'switchyard_collector_span_metrics_overflow_total',
      help: 'Spans that are counted as "overflow", by the limit that kept them from being counted by name',
      labelNames: ['limit'],
      registers,
    }),
  };
}
