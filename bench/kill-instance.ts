// One of two instances of orders is killed under load: what do customers notice, and how soon is it out of the gateway's way?
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { FLEET } from '#config/fleet.ts';
import { startTestPostgres } from '#server/postgres/testing.ts';
import { startOtlpReceiver } from '#services/kit/testing/otlp-receiver.ts';
import { startFleet, type TestFleet } from '#services/kit/testing/start-fleet.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' } } });
const runs = Number(values.runs ?? (values.quick ? 2 : 5));
const WORKERS = 10;
const SECONDS = values.quick ? 8 : 30;
/** Browsing one's orders, and now and then a new one, which may not be sent twice. */
const ORDER_EVERY = 5;
const ASK_EVERY_MS = 10;
const VICTIM = 'orders-2';
const UNLIMITED = { THROTTLE_LIMIT_SHORT: '1000000', THROTTLE_LIMIT_MEDIUM: '1000000', THROTTLE_LIMIT_LONG: '1000000' };

interface Run {
  requests: number;
  failed: number;
  /** Of them, those that could have been repeated. */
  failedReads: number;
  ejectedMs: number;
}

const [postgres, otlp] = await Promise.all([startTestPostgres(), startOtlpReceiver()]);
const measured: Run[] = [];
try {
  console.log(`${runs} runs of ${SECONDS} s on ${cpus().length} cores (${cpus()[0]?.model}), ${WORKERS} workers\n`);
  for (let run = 1; run <= runs; run += 1) {
    const fleet = await startFleet(
      FLEET.map(({ name }) => name).filter((name) => name !== 'traffic'),
      {
        ...UNLIMITED,
        DATABASE_URL: postgres.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
        JWT_SECRET: 'a secret of the bench',
      },
    );
    try {
      const result = await measure(fleet, run);
      measured.push(result);
      const { requests, failed, failedReads, ejectedMs } = result;
      console.log(
        `  run ${String(run).padStart(2)}  ${requests} requests, ${failed} failed (${failedReads} reads), ejected after ${ejectedMs} ms`,
      );
    } finally {
      await fleet.stop();
    }
  }
} finally {
  await Promise.all([otlp.stop(), postgres.stop()]);
}
const requests = sum(measured.map((run) => run.requests));
const failed = sum(measured.map((run) => run.failed));
const slowestMs = Math.max(...measured.map((run) => run.ejectedMs));
const failedReads = sum(measured.map((run) => run.failedReads));
const failedPct = (100 * failed) / requests;
console.log(
  `\n${failed} of ${requests} requests failed (${failedPct.toFixed(3)} %), ejected after ${slowestMs} ms at most`,
);
console.log(
  JSON.stringify({
    runs,
    requests,
    failed,
    failed_reads: failedReads,
    failed_pct: failedPct,
    ejected_max_ms: slowestMs,
  }),
);

async function measure(fleet: TestFleet, run: number): Promise<Run> {
  const headers = { authorization: `Bearer ${await logIn(fleet, run)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ items: [{ productId: 'tamper', quantity: 1 }] });
  const counts = { requests: 0, failed: 0, failedReads: 0 };
  const endMs = performance.now() + SECONDS * 1_000;
  const work = async () => {
    while (performance.now() < endMs) {
      const isOrder = ++counts.requests % ORDER_EVERY === 0;
      const answer = await fetch(`${fleet.url('gateway')}/api/orders`, {
        headers,
        ...(isOrder && { method: 'POST', body }),
      }).catch(() => null);
      await answer?.arrayBuffer().catch(() => {});
      if (answer && answer.status < 500) continue;
      counts.failed += 1;
      if (!isOrder) counts.failedReads += 1;
    }
  };
  const workers = Array.from({ length: WORKERS }, work);
  await pause((SECONDS * 1_000) / 2);
  const killedMs = performance.now();
  fleet.child(VICTIM).kill('SIGKILL');
  while (!(await isEjected(fleet))) {
    if (performance.now() > endMs) throw new Error(`${VICTIM} was not ejected.`);
    await pause(ASK_EVERY_MS);
  }
  const ejectedMs = Math.round(performance.now() - killedMs);
  await Promise.all(workers);
  return { ...counts, ejectedMs };
}

async function logIn(fleet: TestFleet, run: number): Promise<string> {
  const account = { email: `bench-${run}@shop.example`, name: 'Bench', password: 'correct horse battery' };
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${fleet.url('gateway')}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { token: string };
  };
  await post('/api/auth/register', account);
  return (await post('/api/auth/login', { email: account.email, password: account.password })).token;
}

async function isEjected(fleet: TestFleet): Promise<boolean> {
  const answer = await fetch(`${fleet.adminUrl('gateway')}/instances`);
  const { services } = (await answer.json()) as { services: { instances: { id: string; ejected: boolean }[] }[] };
  return services.flatMap(({ instances }) => instances).some(({ id, ejected }) => id === VICTIM && ejected);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
