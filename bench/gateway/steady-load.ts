// Requests at even times, however late the answers are: node steady-load.ts <url> <requests a second> <seconds>. Prints how long
// they took in milliseconds, from the time at which each was due.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { quantile } from '../quantile.ts';

const [url, rate, seconds] = process.argv.slice(2);
const { origin, pathname } = new URL(url!);
const pool = new Pool(origin, { connections: 32 });
const total = Number(rate) * Number(seconds);
const everyMs = 1000 / Number(rate);
const WARM_SHARE = 0.2;
const tookMs: number[] = [];
let failed = 0;

const startMs = performance.now();
const under: Promise<void>[] = [];
for (let sent = 0; sent < total;) {
  for (; sent < total && startMs + sent * everyMs <= performance.now(); sent++)
    under.push(ask(startMs + sent * everyMs, sent));
  await sleep(0);
}
await Promise.all(under);
await pool.close();
console.log(JSON.stringify({ p50: quantile(tookMs, 0.5), p99: quantile(tookMs, 0.99), failed }));

async function ask(dueMs: number, place: number): Promise<void> {
  const { statusCode, body } = await pool.request({ path: pathname, method: 'GET' });
  await body.dump();
  if (statusCode !== 200) failed++;
  if (place > total * WARM_SHARE) tookMs.push(performance.now() - dueMs);
}
