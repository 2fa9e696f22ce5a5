// How long from the first failed request to the alert at Slack's door: break payments, wait, heal, again.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { createClient } from '@clickhouse/client';
import { startSlackReceiver } from '../e2e/slack-receiver.ts';
import { startSwitchyard } from '../e2e/start-switchyard.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' } } });
const runs = Number(values.runs ?? (values.quick ? 5 : 20));
const RESET_TIMEOUT_MS = 2_000;

const slack = await startSlackReceiver();
const switchyard = await startSwitchyard({
  SLACK_WEBHOOK_URL: slack.url,
  CIRCUIT_BREAKER_RESET_TIMEOUT_MS: String(RESET_TIMEOUT_MS),
  // How soon five calls have failed depends on how many there are: figures are compared at one rate.
  TRAFFIC_RPS: '6',
  THROTTLE_LIMIT_LONG: '1000',
});
const engine = createClient({ url: switchyard.engineUrl, database: 'switchyard' });
const latenciesMs: number[] = [];
try {
  console.log(`${runs} runs on ${cpus().length} cores (${cpus()[0]?.model}), shopper at 6 requests/s\n`);
  for (let run = 1; run <= runs; run += 1) {
    const brokenAtMs = Date.now();
    await setFaults({ errorRatio: 1 });
    const fired = await slack.waitFor(({ atMs, raw }) => atMs > brokenAtMs && isFiringForPayments(raw));
    const firstFailureMs = await findFirstFailure(brokenAtMs);
    latenciesMs.push(fired.atMs - firstFailureMs);
    console.log(`  run ${String(run).padStart(2)}  ${fired.atMs - firstFailureMs} ms`);
    const healedAtMs = Date.now();
    await setFaults(null);
    await slack.waitFor(({ atMs, raw }) => atMs > healedAtMs && isResolvedForPayments(raw));
    await allBreakersClosed();
  }
} finally {
  await engine.close();
  await switchyard.stop();
  await slack.stop();
}
const [p50, p99] = [quantile(latenciesMs, 0.5), quantile(latenciesMs, 0.99)];
console.log(`\nfirst failed request to POST at the receiver: p50 ${p50} ms, p99 ${p99} ms`);
console.log(JSON.stringify({ runs, p50_ms: p50, p99_ms: p99 }));

async function setFaults(faults: object | null): Promise<void> {
  const response = await fetch(`${switchyard.adminUrl('payments')}/faults`, {
    method: faults ? 'PUT' : 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: faults ? JSON.stringify(faults) : undefined,
  });
  if (!response.ok) throw new Error(`the fault switch answered ${response.status}: ${await response.text()}`);
}

function isFiringForPayments(raw: string): boolean {
  return raw.includes('CircuitOpen') && raw.includes('payments') && !/resolved/i.test(raw);
}

function isResolvedForPayments(raw: string): boolean {
  return raw.includes('CircuitOpen') && raw.includes('payments') && /resolved/i.test(raw);
}

/** When the first call to payments that failed was sent, by the caller's own span; waits until that span is stored. */
async function findFirstFailure(sinceMs: number): Promise<number> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(200)) {
    const answer = await engine.query({
      query: `SELECT toUnixTimestamp64Milli(toDateTime64(min(timestamp), 3, 'UTC')) AS first, count() AS failures FROM spans
        WHERE timestamp >= fromUnixTimestamp64Milli({since:Int64}) AND circuit_breaker_name = 'payments' AND circuit_breaker_outcome = 'failure'`,
      query_params: { since: sinceMs },
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ first: string; failures: string }>();
    if (row && Number(row.failures) > 0) return Number(row.first);
  }
  throw new Error('No failed call to payments reached the store in 20 s.');
}

async function allBreakersClosed(): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(200)) {
    const answer = await fetch(`${switchyard.gatewayUrl}/api/health/circuits`);
    const { circuits } = (await answer.json()) as { circuits: { state: string }[] };
    if (circuits.every(({ state }) => state === 'closed')) return;
  }
  throw new Error('A breaker stayed open for 60 s after payments was healed.');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
