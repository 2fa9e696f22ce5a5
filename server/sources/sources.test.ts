import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertLogs, insertSpans } from '#server/store/queries/testing.ts';
import { getSources } from './get-sources.ts';

const NOW = Math.floor(Date.now() / 1_000) * 1_000;
let engine: TestEngine;
let store: Store;

beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'sources', log: createLog('test', 'silent') });
  await applySchema(store);
  await insertSpans(store, [
    ...Array.from({ length: 12 }, (_, index) => ({ service: 'payments', atMs: NOW - 5_000 - index })),
    { service: 'retired', atMs: NOW - 3 * 3_600_000 },
  ]);
  await insertLogs(store, [{ service: 'payments', atMs: NOW - 2_000 }]);
  const collector = { job: 'switchyard-collector', instance: 'a', source: 'payments', signal: 'traces' };
  await counter('switchyard_ingest_refused_items_total', 1, { ...collector, reason: 'too_old' }, [5, 8, 2]);
  await counter('switchyard_ingest_refused_requests_total', 5, { ...collector, status: '429' }, [1, 2]);
  const forward = { job: 'switchyard-collector', instance: 'a', destination: 'jaeger' };
  await counter('switchyard_forward_items_total', 6, { ...forward, signal: 'traces', outcome: 'sent' }, [1, 8]);
  await counter('switchyard_forward_items_total', 7, { ...forward, signal: 'traces', outcome: 'dropped' }, [0, 2]);
  await counter('switchyard_forward_waiting_bytes', 8, forward, [4_096]);
  await counter('process_resident_memory_bytes', 2, { job: 'switchyard-console', instance: 'b' }, [1_000]);
  await counter('process_resident_memory_bytes', 3, { job: 'payments', instance: 'c' }, [1_000]);
  await counter('process_cpu_seconds_total', 4, { job: 'switchyard-console', instance: 'b' }, [10, 11, 13]);
});
afterAll(async () => {
  await store.close();
  await engine.stop();
});

it('tells who sends what, what was refused, and what our own processes take', async () => {
  const report = await getSources({ store, now: () => new Date(NOW) });
  const payments = report.sources.find(({ service }) => service === 'payments');
  expect(payments).toMatchObject({ spansPerS: 0.1, logsPerS: 1 / 120, series: 1, lastSeenMs: NOW - 2_000 });
  expect(report.sources.find(({ service }) => service === 'retired')).toMatchObject({ spansPerS: 0, logsPerS: 0 });
  // The collector began anew after 8: three more, and then two.
  expect(report.refused).toEqual([
    { source: 'payments', signal: 'traces', reason: 'too_old', what: 'items', lastHour: 5, total: 2 },
    expect.objectContaining({ source: 'payments', what: 'requests', lastHour: 1, total: 2 }),
  ]);
  expect(report.forwarded).toEqual([{ destination: 'jaeger', signal: 'traces', sent: 7, failed: 0, dropped: 2 }]);
  expect(report.forwardWaiting).toEqual([{ destination: 'jaeger', bytes: 4_096 }]);
  expect(report.walBytes).toBeNull();
  expect(report.own).toEqual([
    { job: 'switchyard-console', instance: 'b', residentBytes: 1_000, cpuShare: 0.15, samplesPerScrape: null },
  ]);
  const spans = report.tables.find(({ table }) => table === 'spans');
  expect(spans).toMatchObject({ rows: 13 });
  expect(spans!.bytes).toBeGreaterThan(0);
});

/** Samples ten seconds apart, the last five seconds ago. */
async function counter(metric: string, id: number, labels: Record<string, string>, values: number[]): Promise<void> {
  await store.command(
    'insert series',
    `INSERT INTO series (metric_name, series_id, labels, last_seen)
     SELECT {metric:String}, {id:UInt64}, {labels:Map(String, String)}, fromUnixTimestamp64Milli({at:Int64})`,
    { metric, id, labels, at: NOW },
  );
  for (const [index, value] of values.entries()) {
    const at = NOW - 5_000 - (values.length - 1 - index) * 10_000;
    await store.command(
      'insert sample',
      `INSERT INTO samples (metric_name, series_id, timestamp, sample)
       SELECT {metric:String}, {id:UInt64}, fromUnixTimestamp64Milli({at:Int64}), {value:Float64}`,
      { metric, id, at, value },
    );
  }
}
