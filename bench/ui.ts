// What the console costs whoever looks at it: script bytes, first paint, answers to a hand, and the way from ingest to pixel.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { startSwitchyard } from '../e2e/start-switchyard.ts';
import { ensureBrowser } from '../scripts/browser.mjs';
import { prepare } from '../scripts/prepare.mjs';
import { quantile } from './quantile.ts';
import { measureInteractions } from './ui/interactions.ts';
import { measureLargeTrace } from './ui/large-trace.ts';
import { measureLive } from './ui/live.ts';
import { measureLongList } from './ui/long-list.ts';
import { measureLoad, type Load } from './ui/load.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const loads = values.quick ? 3 : 9;
const rounds = values.quick ? 1 : 4;
const events = values.quick ? 10 : 40;
const ROUTES = ['/services', '/circuits', '/traces', '/logs', '/alerts', '/integrity', '/health', '/sources'];
/** Pages are measured with what they show in earnest. */
const SETTLE_MS = 15_000;

await prepare();
const executablePath = (await ensureBrowser()) ?? undefined;
const switchyard = await startSwitchyard({ TRAFFIC_RPS: '4', THROTTLE_LIMIT_LONG: '1000' });
let browser: Browser | null = null;
try {
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  console.log(`\n${cpus().length} cores (${cpus()[0]?.model}), production build\n`);

  const first: Load[] = [];
  for (let index = 0; index < loads; index += 1) first.push(await measureLoad(browser, `${switchyard.consoleUrl}/`));
  const firstRouteKb = quantile(
    first.map(({ scriptKb }) => scriptKb),
    1,
  );
  const lcpMs = Math.round(
    quantile(
      first.map((load) => load.lcpMs),
      0.5,
    ),
  );
  console.log(`  /            ${firstRouteKb.toFixed(1)} kB of gzip JavaScript until the page is loaded`);
  console.log(`               ${first[0]!.laterKb.toFixed(1)} kB after that, without being asked`);
  console.log(`               LCP ${lcpMs} ms (median of ${loads})`);
  for (const route of ROUTES) {
    const load = await measureLoad(browser, switchyard.consoleUrl + route);
    console.log(
      `  ${route.padEnd(12)} ${load.scriptKb.toFixed(1)} kB, ${load.laterKb.toFixed(1)} kB later, LCP ${Math.round(load.lcpMs)} ms`,
    );
  }
  const interactionsMs = await measureInteractions(browser, switchyard.consoleUrl, rounds);
  const inpMs = quantile(interactionsMs, 0.75);
  console.log(`\n  ${interactionsMs.length} interactions: p75 ${inpMs} ms, worst ${quantile(interactionsMs, 1)} ms`);
  const large = await measureLargeTrace(browser, switchyard);
  const frameP95Ms = quantile(large.framesMs, 0.95);
  console.log(
    `  a trace of 10,000 spans: open in ${Math.round(large.openMs)} ms, ${large.framesMs.length} frames while scrolled, p95 ${frameP95Ms.toFixed(1)} ms, at most ${large.rowsMax} rows in the page`,
  );
  const liveMs = await measureLive(browser, switchyard, events);
  const liveP95Ms = quantile(liveMs, 0.95);
  // Last: its services stay in the lists of all pages.
  const filterMs = await measureLongList(browser, switchyard);
  const filterWorstMs = Math.round(quantile(filterMs, 1));
  console.log(
    `  500 services: ${filterMs.length} keys in the filter, p50 ${Math.round(quantile(filterMs, 0.5))} ms, worst ${filterWorstMs} ms to the frame after`,
  );
  console.log(
    `  ${liveMs.length} breaker events, POST to pixel: p50 ${quantile(liveMs, 0.5)} ms, p95 ${liveP95Ms} ms\n`,
  );
  console.log(
    JSON.stringify({
      first_route_gzip_kb: Number(firstRouteKb.toFixed(1)),
      first_route_later_gzip_kb: Number(first[0]!.laterKb.toFixed(1)),
      lcp_ms: lcpMs,
      inp_p75_ms: inpMs,
      large_trace_open_ms: Math.round(large.openMs),
      large_trace_frame_p95_ms: Number(frameP95Ms.toFixed(1)),
      live_p95_ms: liveP95Ms,
      filter_500_worst_ms: filterWorstMs,
    }),
  );
} finally {
  await browser?.close();
  await switchyard.stop();
}
