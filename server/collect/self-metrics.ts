import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Budgets } from '#server/receive/limits/budgets.ts';
import type { WalUsage } from '#server/wal/open-wal.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the collector tells about itself, in a registry of its own. */
export function createSelfMetrics(
  usage: () => WalUsage,
  streams: () => number,
  budgets: Budgets,
  forwardBytes: () => Map<string, number>,
) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: (now: WalUsage) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(usage()));
      },
    });
  gauge('switchyard_collector_wal_bytes', 'Bytes on the disk that are not in the store yet', ({ bytes }) => bytes);
  gauge('switchyard_collector_wal_segments', 'Sealed segments that wait for the store', ({ segments }) => segments);
  gauge(
    'switchyard_collector_wal_waiting_bytes',
    'Bytes in memory that wait for the disk',
    ({ waitingBytes }) => waitingBytes,
  );
  gauge('switchyard_collector_known_streams', 'Pushed series and histograms whose labels are remembered', streams);
  gauge('switchyard_ingest_active_series', 'Series of all sources that were seen lately', () => budgets.series);
  gauge('switchyard_ingest_sources', 'Sources with budgets of their own', () => budgets.sources);
  return {
    registry,
    forwardWaiting: new Gauge({
      name: 'switchyard_forward_waiting_bytes',
      help: 'Bytes on the disk that wait for a destination',
      labelNames: ['destination'],
      registers,
      collect() {
        for (const [destination, bytes] of forwardBytes()) this.set({ destination }, bytes);
      },
    }),
    accepted: new Counter({
      name: 'switchyard_collector_accepted_total',
      help: 'Spans, data points, log records and samples that were acknowledged',
      labelNames: ['signal'],
      registers,
    }),
    refusedItems: new Counter({
      name: 'switchyard_ingest_refused_items_total',
      help: 'Spans, data points, log records and samples that were refused, by who sent them and why',
      labelNames: ['source', 'signal', 'reason'],
      registers,
    }),
    refusedRequests: new Counter({
      name: 'switchyard_ingest_refused_requests_total',
      help: 'Requests that were refused whole, by who sent them (as far as was known before) and status',
      labelNames: ['source', 'signal', 'status'],
      registers,
    }),
    requests: new Counter({
      name: 'switchyard_collector_requests_total',
      help: 'Requests by what they carry and status: of HTTP a number, of gRPC a name',
      labelNames: ['signal', 'status'],
      registers,
    }),
    ackSeconds: new Histogram({
      name: 'switchyard_collector_ack_duration_seconds',
      help: 'From the request line to the acknowledgement',
      labelNames: ['signal'],
      buckets: SECONDS,
      registers,
    }),
    syncSeconds: new Histogram({
      name: 'switchyard_collector_wal_sync_duration_seconds',
      help: 'Write and fdatasync of a group of frames',
      labelNames: ['table'],
      buckets: SECONDS,
      registers,
    }),
    insertSeconds: new Histogram({
      name: 'switchyard_collector_insert_duration_seconds',
      help: 'Insert of a segment into the store',
      labelNames: ['table'],
      buckets: SECONDS,
      registers,
    }),
    forwardedItems: new Counter({
      name: 'switchyard_forward_items_total',
      help: 'Spans, data points, log records and samples by what became of them: sent, failed (refused for good), dropped (no room)',
      labelNames: ['destination', 'signal', 'outcome'],
      registers,
    }),
    insertedRows: new Counter({
      name: 'switchyard_collector_inserted_rows_total',
      help: 'Rows that the store has taken',
      labelNames: ['table'],
      registers,
    }),
    insertFailures: new Counter({
      name: 'switchyard_collector_insert_failures_total',
      help: 'Inserts that failed: away (the store is), later (this segment, for now), refused (for good), kept_aside',
      labelNames: ['table', 'verdict'],
      registers,
    }),
    scrapes: new Counter({
      name: 'switchyard_collector_scrapes_total',
      help: 'Scrapes: ok, failed (the target is down), lost (found but could not be kept)',
      labelNames: ['job', 'outcome'],
      registers,
    }),
    circuitPolls: new Counter({
      name: 'switchyard_collector_circuit_polls_total',
      help: 'Questions for the states of breakers',
      labelNames: ['job', 'outcome'],
      registers,
    }),
  };
}

export type SelfMetrics = ReturnType<typeof createSelfMetrics>;
