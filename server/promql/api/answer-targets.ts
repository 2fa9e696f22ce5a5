import type { SampleSource } from '../evaluate/evaluation.ts';
import { queryInstant } from '../query.ts';
import type { Endpoint } from './endpoint.ts';

/** How the jobs of config/targets.yaml ask their targets, by the name of the job. */
export type ScrapeSettings = ReadonlyMap<
  string,
  { scheme: string; metricsPath: string; interval: string; timeout: string }
>;

const UNKNOWN = { scheme: 'http', metricsPath: '/metrics', interval: '', timeout: '' };

/** `/api/v1/targets`: the targets of the last five minutes as their `up` series tell of them. What a target is dropped for, only its collector knows. */
export function answerTargets(readSettings: () => ScrapeSettings): Endpoint {
  return async ({ source, now }, { params }) => {
    const state = params.get('state')?.toLowerCase() ?? '';
    const pool = params.get('scrapePool') ?? '';
    if (state !== '' && state !== 'any' && state !== 'active')
      return { data: { activeTargets: [], droppedTargets: [] } };
    const atMs = now().getTime();
    const [up, times, seconds] = await Promise.all(
      ['up', 'timestamp(up)', 'scrape_duration_seconds'].map((query) => ask(source, query, atMs)),
    );
    const [atOf, tookOf] = [valuesOf(times!), valuesOf(seconds!)];
    const settings = readSettings();
    const activeTargets = up!
      .map(({ labels, value }) => {
        const { job = '', instance = '' } = labels;
        const { scheme, metricsPath, interval, timeout } = settings.get(job) ?? UNKNOWN;
        const scrapeUrl = `${scheme}://${instance}${metricsPath}`;
        return {
          discoveredLabels: {
            __address__: instance,
            __metrics_path__: metricsPath,
            __scheme__: scheme,
            __scrape_interval__: interval,
            __scrape_timeout__: timeout,
            job,
          },
          labels,
          scrapePool: job,
          scrapeUrl,
          globalUrl: scrapeUrl,
          // The reason is in the collector's log: a series has no words.
          lastError: value === 1 ? '' : 'the last scrape failed',
          lastScrape: new Date((atOf.get(keyOf(labels)) ?? 0) * 1_000).toISOString(),
          lastScrapeDuration: tookOf.get(keyOf(labels)) ?? 0,
          health: value === 1 ? 'up' : 'down',
          scrapeInterval: interval,
          scrapeTimeout: timeout,
        };
      })
      .filter(({ scrapePool }) => pool === '' || scrapePool === pool)
      .toSorted(
        (a, b) => compare(a.scrapePool, b.scrapePool) || compare(a.labels.instance ?? '', b.labels.instance ?? ''),
      );
    return { data: { activeTargets, droppedTargets: [], droppedTargetCounts: {} } };
  };
}

interface Found {
  labels: Record<string, string>;
  value: number;
}

async function ask(source: SampleSource, query: string, timeMs: number): Promise<Found[]> {
  const { data } = await queryInstant({ source, query, timeMs });
  if (data.resultType !== 'vector') return [];
  return data.result.map(({ labels, value }) => ({ labels: labels.withoutName().toJSON(), value }));
}

function valuesOf(found: readonly Found[]): Map<string, number> {
  return new Map(found.map(({ labels, value }) => [keyOf(labels), value]));
}

function keyOf(labels: Record<string, string>): string {
  return `${labels.job} ${labels.instance}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
