// What hostile input does to the collector, and to a sender that does nothing wrong meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createAttacks } from './hostile/attacks.ts';
import { sendWell } from './hostile/well-behaved.ts';
import { describeMachine, rssMiB } from './lab/cpu.ts';
import { startTelemetry } from './lab/start-telemetry.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Attacks whose names hold this. */
    only: { type: 'string', default: '' },
  },
});
const share = values.quick ? 0.7 : 1;
const WARM_MS = values.quick ? 3_000 : 10_000;
const SETTLE_MS = 1_500;

console.log(`Each attack alone beside a well-behaved sender; ${describeMachine()}\n`);
const limits = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('INGEST_')));
const telemetry = await startTelemetry({ env: limits as Record<string, string> });
const good = sendWell(telemetry.url);
const totals = { wrong: 0, grew: 0, answers: 0, failures: 0, ackMs: [] as number[] };
try {
  await sleep(WARM_MS);
  const warm = good.take();
  console.log(
    `before: acknowledged p50 ${ms(warm.ackMs, 0.5)}, p99 ${ms(warm.ackMs, 0.99)}, ${Math.round(rss())} MiB\n`,
  );
  for (const create of createAttacks(telemetry.url, telemetry.grpcAddress, share)) {
    const attack = create();
    if (!attack.name.includes(values.only)) continue;
    await sleep(SETTLE_MS);
    good.take();
    const before = rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, rss())), 10);
    const answers = [...new Set(await attack.run())].toSorted().join(' ');
    clearInterval(watch);
    await sleep(200);
    const meanwhile = good.take();
    const isRight = attack.expected.test(answers);
    console.log(
      `${isRight ? 'ok   ' : 'WRONG'} ${attack.name}: ${answers}; memory +${Math.round(peak - before)} MiB; ` +
        `well-behaved ${meanwhile.answers - meanwhile.failures} of ${meanwhile.answers} acknowledged, p99 ${ms(meanwhile.ackMs, 0.99)}`,
    );
    if (!isRight) totals.wrong++;
    totals.grew = Math.max(totals.grew, peak - before);
    totals.answers += meanwhile.answers;
    totals.failures += meanwhile.failures;
    totals.ackMs.push(...meanwhile.ackMs);
  }
} finally {
  await good.stop();
  await telemetry.stop();
}
console.log();
console.log(
  JSON.stringify({
    wrong_answers: totals.wrong,
    memory_grew_max_mib: Math.round(totals.grew),
    well_behaved_requests: totals.answers,
    well_behaved_failures: totals.failures,
    well_behaved_ack_p99_ms: Math.round(quantile(totals.ackMs, 0.99)),
  }),
);

function rss(): number {
  return rssMiB(telemetry.collector.pid);
}

function ms(all: number[], q: number): string {
  return all.length === 0 ? 'none' : `${quantile(all, q).toFixed(0)} ms`;
}
