import type { SeriesId } from '#server/decode/metric-rows.ts';
import type { Log } from '#server/log.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import { scrapeTarget } from './scrape-target.ts';
import { TargetSeries, type MetricRows, type ScrapeReport } from './target-series.ts';
import type { Target } from './discovery/to-target.ts';
import { everyInterval } from './every-interval.ts';

export interface ScraperOptions {
  wal: Wal;
  log: Log;
  /** Whether a new series of a job may not be kept. */
  refuseSeries?: (job: string, series: SeriesId, nowMs: number) => boolean;
  onScraped?: (job: string, outcome: 'ok' | 'failed' | 'lost') => void;
}

export interface Scraper {
  /** Begins with targets that are new, and ends the series of those that are gone. */
  setTargets: (targets: readonly Target[]) => void;
  stop: () => Promise<void>;
}

/** Scrapes each target at its own interval and phase, and keeps what it finds as series and samples. */
export function runScraper({ wal, log, refuseSeries, onScraped }: ScraperOptions): Scraper {
  const loops = new Map<string, { stop: (end: boolean) => Promise<void> }>();

  const start = (target: Target) => {
    const series = new TargetSeries(target, refuseSeries && ((one, nowMs) => refuseSeries(target.job, one, nowMs)));
    let wasUp: boolean | undefined;
    const keep = async (rows: MetricRows) => {
      try {
        await Promise.all([
          wal.append('series', rows.series),
          wal.append('samples', rows.samples),
          wal.append('histograms', rows.histograms),
          wal.append('exemplars', rows.exemplars),
        ]);
        return true;
      } catch (error) {
        series.forgetAnnouncements();
        log.debug({ job: target.job, err: error }, 'what was scraped could not be kept');
        return false;
      }
    };
    const onError = (error: unknown) => log.error({ job: target.job, err: error }, 'scraping failed');
    const loop = everyInterval({ ms: target.intervalMs, key: target.key, onError }, async () => {
      const { report, failure } = await inSpan(`scrape ${target.job}`, { root: true }, () => scrape(target, series));
      if (failure !== undefined && wasUp !== false) {
        log.warn({ job: target.job, instance: target.instance }, `${target.origin}${target.metricsPath}: ${failure}`);
      } else if (failure === undefined && wasUp === false) {
        log.info({ job: target.job, instance: target.instance }, 'the target answers again');
      }
      wasUp = failure === undefined;
      const isKept = await keep(series.rowsOf(report));
      onScraped?.(target.job, isKept ? (wasUp ? 'ok' : 'failed') : 'lost');
    });
    loops.set(target.key, {
      stop: async (end) => {
        await loop.stop();
        if (end) await keep(series.end(Date.now()));
      },
    });
  };

  return {
    setTargets: (targets) => {
      const wanted = new Set(targets.map(({ key }) => key));
      for (const [key, loop] of loops) {
        if (wanted.has(key)) continue;
        loops.delete(key);
        void loop.stop(true);
      }
      for (const target of targets) if (!loops.has(target.key)) start(target);
    },
    // At the end of the process nothing is said to have ended: the next one goes on with the same series.
    stop: async () => void (await Promise.all([...loops.values()].map((loop) => loop.stop(false)))),
  };
}

async function scrape(target: Target, series: TargetSeries): Promise<{ report: ScrapeReport; failure?: string }> {
  const atMs = Date.now();
  const started = performance.now();
  const report = (exposition: ScrapeReport['exposition']) => ({
    atMs,
    seconds: (performance.now() - started) / 1000,
    exposition,
  });
  try {
    const exposition = await scrapeTarget(target, series.known);
    series.check(exposition);
    return { report: report(exposition) };
  } catch (error) {
    return { report: report(undefined), failure: error instanceof Error ? error.message : String(error) };
  }
}
