// kill -9 of collector and engine at random moments under load: what was acknowledged must be there, and be there once.
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { describeMachine } from './lab/cpu.ts';
import { countKept } from './lab/count-kept.ts';
import { startTelemetry, type Telemetry } from './lab/start-telemetry.ts';
import { waitDrained } from './lab/wait-drained.ts';
import { CRASH_BODIES, ITEMS_PER_BATCH, type CrashKind } from './load/crash-bodies.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, kills: { type: 'string' } } });
const kills = Number(values.kills ?? (values.quick ? 5 : 20));
/** Long enough for segments to be sealed, inserted and deleted between two kills. */
const BETWEEN_MS_MIN = 300;
const BETWEEN_MS_MAX = 2_500;
const VICTIMS = [['collector'], ['engine'], ['collector', 'engine']] as const;

/** Numbers of the batches that were acknowledged; a batch that was not is never sent again, because a retry may rightly double. */
const acked: Record<CrashKind, number[]> = { spans: [], logs: [], samples: [] };
let unanswered = 0;
const readyMs: number[] = [];

console.log(`${kills} kills; ${describeMachine()}\n`);
const telemetry = await startTelemetry();
const failed = await run(telemetry).finally(() => telemetry.stop());
if (failed) process.exitCode = 1;

async function run(lab: Telemetry): Promise<boolean> {
  const stopping = new AbortController();
  const senders = (Object.keys(acked) as CrashKind[]).map((kind) => send(kind, lab.url, stopping.signal));
  for (let kill = 0; kill < kills; kill++) {
    await sleep(BETWEEN_MS_MIN + Math.random() * (BETWEEN_MS_MAX - BETWEEN_MS_MIN));
    const victims = VICTIMS[kill % VICTIMS.length]!;
    await Promise.all(victims.map((name) => lab[name].kill()));
    const killedAt = performance.now();
    // What runs side by side also starts side by side, as the supervisor does it.
    await Promise.all(victims.map((name) => lab[name].start()));
    await takesAgain(lab);
    readyMs.push(performance.now() - killedAt);
    console.log(`  kill ${kill + 1}: ${victims.join(' and ')}, ready again after ${Math.round(readyMs.at(-1)!)} ms`);
  }
  await sleep(BETWEEN_MS_MIN);
  stopping.abort();
  await Promise.all(senders);
  await waitDrained(lab.adminUrl);

  let [lost, duplicated, items] = [0, 0, 0];
  for (const kind of Object.keys(acked) as CrashKind[]) {
    const kept = await countKept(lab.engineUrl, kind, new Set(acked[kind]));
    const sent = acked[kind].length * ITEMS_PER_BATCH;
    console.log(
      `${kind}: ${sent} acknowledged, ${kept.lost} lost, ${kept.duplicated} twice, ${kept.rollupLost} lost and ${kept.rollupDuplicated} twice in rollups ` +
        `(${kept.unacknowledged} stored without an acknowledgement)`,
    );
    items += sent;
    lost += kept.lost + kept.rollupLost;
    duplicated += kept.duplicated + kept.rollupDuplicated;
  }
  console.log(`${unanswered} requests were cut off or refused\n`);
  const readyMsP99 = Math.round(quantile(readyMs, 0.99));
  console.log(JSON.stringify({ kills, acked: items, lost, duplicated, ready_p99_ms: readyMsP99 }));
  return lost + duplicated > 0;
}

/** One batch after the other, each with numbers of its own, whatever becomes of it. */
async function send(kind: CrashKind, url: string, stop: AbortSignal): Promise<void> {
  const pool = new Pool(url, { connections: 2, pipelining: 1 });
  const { path, headers, make } = CRASH_BODIES[kind];
  let batch = 0;
  const sender = async () => {
    while (!stop.aborted) {
      const number = batch++;
      try {
        const response = await pool.request({ method: 'POST', path, headers, body: make(number, Date.now()) });
        await response.body.dump();
        if (response.statusCode < 300) acked[kind].push(number);
        else throw new Error(`refused with ${response.statusCode}`);
      } catch {
        unanswered++;
        await sleep(20);
      }
    }
  };
  await Promise.all([sender(), sender()]);
  await pool.close();
}

/** Ready is who acknowledges and answers questions, both. */
async function takesAgain({ url, engineUrl }: Telemetry): Promise<void> {
  const answers = [
    () => fetch(`${url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/x-protobuf' } }),
    () => fetch(`${engineUrl}/?database=switchyard&query=${encodeURIComponent('SELECT count() FROM spans')}`),
  ];
  for (const answer of answers) {
    for (;;) {
      const response = await answer().catch(() => undefined);
      await response?.body?.cancel();
      // Before the first insert ever there is no table: that is an answer too.
      if (response?.ok || response?.status === 404) break;
      await sleep(5);
    }
  }
}
