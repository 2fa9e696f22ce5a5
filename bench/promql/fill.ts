import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../lab/ask.ts';
import type { Telemetry } from '../lab/start-telemetry.ts';
import { waitDrained } from '../lab/wait-drained.ts';
import { encodeWrite, sendWrite } from './remote-write.ts';
import { SCRAPE_MS, type Scrapes, type Slice } from './scrapes.ts';

export interface Parties {
  telemetry: Telemetry;
  peerUrl: string;
}

/** All scrapes until now; returns when both have put them in the order in which they stay. */
export async function fillHistory(parties: Parties, scrapes: Scrapes): Promise<void> {
  const { adminUrl, engineUrl } = parties.telemetry;
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
  const [fromMs, nowMs] = [scrapes.atMs, Date.now()];
  let samples = 0;
  let told = 0;
  await sendAll(parties, scrapes.until(nowMs), ({ timestamps, series }) => {
    samples += timestamps.length * series.length;
    const tenths = Math.floor((10 * (scrapes.atMs - fromMs)) / (nowMs - fromMs));
    if (tenths > told) console.log(`  ${tenths * 10} % of the history: ${samples} samples after ${seconds()} s`);
    told = tenths;
  });
  await waitDrained(adminUrl);
  await Promise.all([compacted(parties.peerUrl), merged(engineUrl)]);
  // What was scraped meanwhile.
  await sendAll(parties, scrapes.until(Date.now()), ({ timestamps, series }) => {
    samples += timestamps.length * series.length;
  });
  await waitDrained(adminUrl);
  // All of it is history by the time of the questions: nothing arrived late.
  await ask(engineUrl, 'TRUNCATE TABLE sample_arrivals');
  console.log(`  ${samples} samples in both after ${seconds()} s`);
}

/** What comes in from now on, each second as it is scraped: the newest minutes lie where they do in a store that is in use. */
export function keepScraping(parties: Parties, scrapes: Scrapes): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = scrapeOn(parties, scrapes, stopping.signal);
  // Said when it is stopped.
  running.catch(() => undefined);
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

const TICK_MS = 1_000;

async function scrapeOn(parties: Parties, scrapes: Scrapes, stopping: AbortSignal): Promise<void> {
  for (;;) {
    let atMs = scrapes.atMs;
    let waiting = [...scrapes.until(atMs + SCRAPE_MS)];
    while (waiting.length > 0) {
      atMs += TICK_MS;
      await sleep(Math.max(0, atMs - Date.now()), undefined, { signal: stopping }).catch(() => undefined);
      if (stopping.aborted) return;
      const { due = [], later = [] } = Object.groupBy(waiting, ({ timestamps }) =>
        timestamps[0]! < atMs ? 'due' : 'later',
      );
      if (due.length > 0) await write(parties, due);
      waiting = later;
    }
  }
}

/** Requests that are under way: enough to keep all busy, and few enough for slices to come in the order of time. */
const UNDER_WAY = 4;

async function sendAll(parties: Parties, slices: Iterable<Slice>, onSent: (slice: Slice) => void): Promise<void> {
  const underWay = new Set<Promise<void>>();
  for (const slice of slices) {
    const sending: Promise<void> = write(parties, [slice]).then(() => {
      underWay.delete(sending);
      onSent(slice);
    });
    underWay.add(sending);
    if (underWay.size >= UNDER_WAY) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

/** The same bytes to both. */
async function write({ telemetry, peerUrl }: Parties, slices: readonly Slice[]): Promise<void> {
  const body = encodeWrite(slices);
  await Promise.all([sendWrite(telemetry.url, body), sendWrite(peerUrl, body)]);
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
  console.log('  The store is still merging');
}
