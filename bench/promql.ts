// Twenty expressions of real dashboards, asked of Switchyard and of Debian's Prometheus over the same data, one after the other.
import { parseArgs } from 'node:util';
import { createLog } from '#server/log.ts';
import { hasPrometheus, startPeerPrometheus } from '#server/promql/testing/peer-prometheus.ts';
import { createStore } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { FEW_ARENAS } from '#server/supervise/list-processes.ts';
import { startTelemetry } from './lab/start-telemetry.ts';
import { busyShare, cpuSeconds, cpuTimes, describeMachine, rssMiB } from './lab/cpu.ts';
import { EXPRESSIONS } from './promql/expressions.ts';
import { fillHistory, keepScraping } from './promql/fill.ts';
import { SERIES_PER_TARGET } from './promql/inventory.ts';
import { askRange, compareOnce, type Asked } from './promql/ask-range.ts';
import { createScrapes, SCRAPE_MS } from './promql/scrapes.ts';
import { startApi } from './promql/start-api.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** 200 is the size that was promised; 50 are a quarter of the time to fill. */
    targets: { type: 'string' },
    runs: { type: 'string' },
    /** A folder for .cpuprofile files of the API's process. */
    profile: { type: 'string' },
  },
});
const targets = Number(values.targets ?? (values.quick ? 5 : 50));
const runs = Number(values.runs ?? (values.quick ? 3 : 7));
const HOUR_MS = 3_600_000;
/** Longer than the longest question looks back: a day, an hour before it, and what a range adds. */
const HISTORY_MS = 26 * HOUR_MS;
/** As Grafana chooses them for a panel 1,100 pixels wide and a scrape interval of 15 s. */
const RANGES = [
  { name: '1h', rangeMs: HOUR_MS, stepS: 15 },
  { name: '6h', rangeMs: 6 * HOUR_MS, stepS: 20 },
  { name: '24h', rangeMs: 24 * HOUR_MS, stepS: 60 },
];

if (!hasPrometheus()) throw new Error("This bench needs Debian's package prometheus: apt-get install prometheus.");
console.log(
  `${targets} targets of ${SERIES_PER_TARGET} series, ${HISTORY_MS / HOUR_MS} h every ${SCRAPE_MS / 1000} s and on; each of ${EXPRESSIONS.length} expressions ${runs} times; ${describeMachine()}`,
);
const startMs = Math.floor(Date.now() / 60_000) * 60_000 - HISTORY_MS;
const machine = cpuTimes();
const [telemetry, peer] = await Promise.all([startTelemetry({ env: FEW_ARENAS }), startPeerPrometheus()]);
const { engine, engineUrl } = telemetry;
const store = createStore({ url: engineUrl, database: 'switchyard', log: createLog('bench', 'silent') });
const stops: (() => Promise<void>)[] = [() => store.close(), telemetry.stop, peer.stop];
try {
  await applySchema(store);
  const parties = { telemetry, peerUrl: peer.url };
  const scrapes = createScrapes(targets, startMs);
  await fillHistory(parties, scrapes);
  stops.unshift(keepScraping(parties, scrapes).stop);
  const refreshed = await startApi(engineUrl, { profile: values.profile });
  stops.unshift(refreshed.stop);
  const uncached = await startApi(engineUrl, { uncached: true });
  stops.unshift(uncached.stop);

  const asked: Record<Party, Asker> = {
    refreshed: { url: refreshed.url, pids: [refreshed.pid, engine.pid] },
    uncached: { url: uncached.url, pids: [uncached.pid, engine.pid] },
    peer: { url: peer.url, pids: [peer.pid] },
  };
  // What was scraped since then may be in one of them only.
  const differ = await compareOnce(refreshed.url, peer.url, { endS: Math.floor(Date.now() / 60_000) * 60 - 60 });
  const figures: Record<string, number> = { differ };
  for (const range of RANGES) Object.assign(figures, await measure(asked, range));
  const rss = {
    api: rssMiB(refreshed.pid),
    engine: rssMiB(engine.pid),
    collector: rssMiB(telemetry.collector.pid),
    peer: rssMiB(peer.pid),
  };
  console.log(
    `\nmemory: API ${rss.api.toFixed(0)} MiB, engine ${rss.engine.toFixed(0)} MiB and collector ${rss.collector.toFixed(0)} MiB, Prometheus ${rss.peer.toFixed(0)} MiB; ` +
      `the machine was ${Math.round(busyShare(machine) * 100)} % busy`,
  );
  if (Object.entries(figures).some(([name, value]) => /^(differ|failed_)/.test(name) && value > 0))
    process.exitCode = 1;
  console.log(
    JSON.stringify({ targets, ...figures, rss_ratio: hundredth((rss.api + rss.engine + rss.collector) / rss.peer) }),
  );
} finally {
  for (const stop of stops)
    await stop().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
}

type Party = 'refreshed' | 'uncached' | 'peer';

interface Asker {
  url: string;
  /** Of the processes that answer. */
  pids: number[];
}

/** All three in turn, so that what else the machine does falls on each alike. Windows move on, as those of a dashboard do. */
async function measure(
  askers: Record<Party, Asker>,
  { name, rangeMs, stepS }: (typeof RANGES)[number],
): Promise<Record<string, number>> {
  const took: Record<Party, number[]> = { refreshed: [], uncached: [], peer: [] };
  const cpu: Record<Party, number> = { refreshed: 0, uncached: 0, peer: 0 };
  let failed = 0;
  console.log(`\n${name}, every ${stepS} s${' '.repeat(28)}ms: refreshed  uncached  Prometheus   ratios`);
  for (const { title, query } of EXPRESSIONS) {
    const own: Record<Party, number[]> = { refreshed: [], uncached: [], peer: [] };
    for (let run = -1; run < runs; run++) {
      const endS = Math.floor(Date.now() / 1000 / stepS) * stepS;
      const question: Asked = { query, startS: endS - rangeMs / 1000, endS, stepS };
      for (const party of ['refreshed', 'peer', 'uncached'] as const) {
        const before = cpuOf(askers[party]);
        const { ms, failure } = await askRange(askers[party].url, question);
        if (failure !== undefined) {
          failed++;
          console.log(`  ${party} failed after ${ms.toFixed(0)} ms: ${failure}`);
        }
        if (run >= 0) cpu[party] += cpuOf(askers[party]) - before;
        // The first one warms what all three have: compiled code, connections, pages of files.
        if (run >= 0) own[party].push(ms);
      }
    }
    for (const party of ['refreshed', 'uncached', 'peer'] as const) took[party].push(...own[party]);
    const [ours, first, theirs] = [own.refreshed, own.uncached, own.peer].map((times) => quantile(times, 0.5));
    console.log(
      `  ${title.padEnd(38)} ${[ours, first, theirs].map((ms) => ms!.toFixed(1).padStart(10)).join('')}   ${(ours! / theirs!).toFixed(2).padStart(5)} ${(first! / theirs!).toFixed(2).padStart(5)}`,
    );
  }
  const ratio = (party: Party, q: number) => hundredth(quantile(took[party], q) / quantile(took.peer, q));
  const figures = {
    [`ratio_p50_${name}`]: ratio('refreshed', 0.5),
    [`ratio_p95_${name}`]: ratio('refreshed', 0.95),
    [`cpu_ratio_${name}`]: hundredth(cpu.refreshed / cpu.peer),
    [`uncached_ratio_p50_${name}`]: ratio('uncached', 0.5),
    [`uncached_ratio_p95_${name}`]: ratio('uncached', 0.95),
    [`uncached_cpu_ratio_${name}`]: hundredth(cpu.uncached / cpu.peer),
    [`failed_${name}`]: failed,
  };
  console.log(`  ${JSON.stringify(figures)}`);
  return figures;
}

/** What others take of the machine makes answers late, and the CPU that they cost hardly dearer. */
function cpuOf({ pids }: Asker): number {
  return pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
