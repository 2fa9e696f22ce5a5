import type { Ctx } from '#server/context.ts';
import { readCounterIncreases } from '#server/store/queries/counter-increases.ts';
import { readLatestSamples, type LatestSample } from '#server/store/queries/latest-samples.ts';
import { readLastHeard, readSampleRates, readSourceRates } from '#server/store/queries/source-rates.ts';
import { readTableSizes } from '#server/store/queries/table-sizes.ts';
import { mergeSources } from './merge-sources.ts';
import type { Forwarded, OwnCost, Refused, SourcesReport } from './schema.ts';

const WINDOW_MS = 120_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Our own processes, as config/targets.yaml names their jobs. */
const OWN_JOBS = /^switchyard-/;

/** Who sends what, what was refused, what waits, what it all takes: read from the store, where the collectors' own metrics are too. */
export async function getSources({ store, now }: Pick<Ctx, 'store' | 'now'>): Promise<SourcesReport> {
  const nowMs = now().getTime();
  const window = { fromMs: nowMs - WINDOW_MS, toMs: nowMs };
  const hour = { fromMs: nowMs - HOUR_MS, toMs: nowMs };
  const latest = (metric: string) => readLatestSamples(store, metric, nowMs);
  const [
    spans,
    logs,
    samples,
    heard,
    items,
    requests,
    forwarded,
    forwardBytes,
    walBytes,
    walSegments,
    tables,
    resident,
    cpu,
    scraped,
  ] = await Promise.all([
    readSourceRates(store, 'spans', window),
    readSourceRates(store, 'logs', window),
    readSampleRates(store, window),
    readLastHeard(store, nowMs - DAY_MS),
    readCounterIncreases(store, 'switchyard_ingest_refused_items_total', hour),
    readCounterIncreases(store, 'switchyard_ingest_refused_requests_total', hour),
    readCounterIncreases(store, 'switchyard_forward_items_total', hour),
    latest('switchyard_forward_waiting_bytes'),
    latest('switchyard_collector_wal_bytes'),
    latest('switchyard_collector_wal_segments'),
    readTableSizes(store),
    latest('process_resident_memory_bytes'),
    readCounterIncreases(store, 'process_cpu_seconds_total', window),
    latest('scrape_samples_scraped'),
  ]);
  return {
    atMs: nowMs,
    windowMs: WINDOW_MS,
    sources: mergeSources({ spans, logs, samples, heard }, WINDOW_MS / 1_000),
    refused: sumRefused(items, requests),
    forwarded: sumForwarded(forwarded),
    forwardWaiting: sumWaiting(forwardBytes),
    walBytes: sumOf(walBytes),
    walSegments: sumOf(walSegments),
    tables,
    own: costs(resident, cpu, scraped),
  };
}

type Increases = Awaited<ReturnType<typeof readCounterIncreases>>;

/** One line a source, signal and reason, over all collectors; what was refused most comes first. */
function sumRefused(items: Increases, requests: Increases): Refused[] {
  const lines = new Map<string, Refused>();
  const add = (what: Refused['what'], all: Increases) => {
    for (const { labels, increase, newest } of all) {
      const { source = '', signal = '', status = '' } = labels;
      const reason = labels.reason ?? (REQUEST_REASONS[status] || `answered ${status}`);
      const key = JSON.stringify([source, signal, reason, what]);
      const line = lines.get(key) ?? { source, signal, reason, what, lastHour: 0, total: 0 };
      line.lastHour += increase;
      line.total += newest;
      lines.set(key, line);
    }
  };
  add('items', items);
  add('requests', requests);
  return [...lines.values()]
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.lastHour - a.lastHour || b.total - a.total)
    .slice(0, REFUSED_MAX);
}

const REFUSED_MAX = 200;
/** Statuses of HTTP, and the names of gRPC. */
const REQUEST_REASONS: Record<string, string> = {
  413: 'too large',
  429: 'held more memory than its share; sent again later',
  503: 'nothing could be kept; sent again later',
  400: 'broken',
  INVALID_ARGUMENT: 'broken',
  RESOURCE_EXHAUSTED: 'too large, or held more memory than its share',
  UNAVAILABLE: 'nothing could be kept; sent again later',
};

/** One line a destination and signal, over all collectors. */
function sumForwarded(all: Increases): Forwarded[] {
  const lines = new Map<string, Forwarded>();
  for (const { labels, increase } of all) {
    const { destination = '', signal = '', outcome = '' } = labels;
    const key = `${destination} ${signal}`;
    const line = lines.get(key) ?? { destination, signal, sent: 0, failed: 0, dropped: 0 };
    if (outcome === 'sent' || outcome === 'failed' || outcome === 'dropped') line[outcome] += increase;
    lines.set(key, line);
  }
  return [...lines.values()].toSorted(
    (a, b) => a.destination.localeCompare(b.destination) || a.signal.localeCompare(b.signal),
  );
}

function sumWaiting(samples: readonly LatestSample[]): { destination: string; bytes: number }[] {
  const bytes = new Map<string, number>();
  for (const { labels, value } of samples) {
    const { destination = '' } = labels;
    bytes.set(destination, (bytes.get(destination) ?? 0) + (value ?? 0));
  }
  return [...bytes].map(([destination, sum]) => ({ destination, bytes: sum }));
}

function sumOf(samples: readonly LatestSample[]): number | null {
  return samples.length === 0 ? null : samples.reduce((sum, { value }) => sum + (value ?? 0), 0);
}

function costs(resident: readonly LatestSample[], cpu: Increases, scraped: readonly LatestSample[]): OwnCost[] {
  return resident
    .filter(({ labels }) => OWN_JOBS.test(labels.job ?? ''))
    .map(({ labels, value }) => {
      const isSame = (other: { labels: Record<string, string> }) =>
        other.labels.job === labels.job && other.labels.instance === labels.instance;
      const spent = cpu.find(isSame);
      return {
        job: labels.job ?? '',
        instance: labels.instance ?? '',
        residentBytes: value,
        cpuShare: spent && spent.spanMs > 0 ? spent.increase / (spent.spanMs / 1_000) : null,
        samplesPerScrape: scraped.find(isSame)?.value ?? null,
      };
    })
    .toSorted((a, b) => a.job.localeCompare(b.job));
}
