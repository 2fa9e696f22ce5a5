import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '#server/store/client.ts';
import { ask } from '../lab/ask.ts';
import { writeToPrometheus } from './fill-prometheus.ts';
import { createStoreFiller } from './fill-store.ts';
import { generateSlices, type FillWindow } from './generate.ts';

export interface Parties {
  engineUrl: string;
  store: Store;
  peerUrl: string;
}

/** The same samples into both; returns when both have put them in the order in which they stay. */
export async function fillBoth({ engineUrl, store, peerUrl }: Parties, targets: number, window: FillWindow) {
  const started = performance.now();
  const filler = createStoreFiller(store);
  let samples = 0;
  for (const slice of generateSlices(targets, window)) {
    samples += slice.timestamps.length * slice.series.length;
    await Promise.all([filler.add(slice), writeToPrometheus(peerUrl, slice)]);
  }
  await filler.end();
  // All of it is history by the time of the questions: nothing arrived late.
  await ask(engineUrl, 'TRUNCATE TABLE sample_arrivals');
  await Promise.all([compacted(peerUrl), merged(engineUrl)]);
  console.log(`  ${samples} samples in both after ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

const SETTLE_MS_MAX = 300_000;
/** Prometheus keeps the newest block and half of the next one in its head. */
const HEAD_MS_MAX = 3.1 * 3_600_000;

async function compacted(peerUrl: string): Promise<void> {
  for (const deadline = Date.now() + SETTLE_MS_MAX; Date.now() < deadline; await sleep(500)) {
    const response = await fetch(`${peerUrl}/api/v1/status/tsdb`);
    const { data } = (await response.json()) as { data: { headStats: { minTime: number; maxTime: number } } };
    if (data.headStats.maxTime - data.headStats.minTime < HEAD_MS_MAX) return;
  }
  console.log('  Prometheus has not compacted its head: it answers from memory');
}

async function merged(engineUrl: string): Promise<void> {
  let quiet = 0;
  for (const deadline = Date.now() + SETTLE_MS_MAX; Date.now() < deadline; await sleep(500)) {
    const [row] = await ask<{ merges: number }>(engineUrl, `SELECT count() AS merges FROM system.merges`);
    quiet = row!.merges === 0 ? quiet + 1 : 0;
    if (quiet === 4) return;
  }
}
