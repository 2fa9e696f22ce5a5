// How much of each kind the collector and the engine keep and make queryable, each alone, and how quickly at half of that.
import { parseArgs } from 'node:util';
import { cpuSeconds, cpuTimes, busyShare, describeMachine, rssMiB } from './lab/cpu.ts';
import { probeQueryable } from './lab/probe-queryable.ts';
import { startTelemetry, type Telemetry } from './lab/start-telemetry.ts';
import { waitDrained } from './lab/wait-drained.ts';
import type { LoadKind } from './load/body.ts';
import { runGenerator } from './load/run-generator.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    kind: { type: 'string', default: 'spans,samples,logs' },
    series: { type: 'string', default: '100000' },
    /** Items a second of the second stretch, instead of half of what was kept. */
    rate: { type: 'string' },
    /** A folder for .cpuprofile files of both processes. */
    profile: { type: 'string' },
  },
});
const seconds = Number(values.seconds ?? (values.quick ? 3 : 60));
const halfSeconds = values.quick ? 2 : Math.min(seconds, 60);
const SENDERS = 4;
const flags = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];

console.log(
  `Each kind alone for ${seconds} s, then ${halfSeconds} s at ${values.rate ?? 'half of what was kept'}; ${describeMachine()}\n`,
);
const perSecond: Record<string, number> = {};
const ackMsP99: number[] = [];
const queryableMs: number[] = [];
for (const kind of values.kind.split(',') as LoadKind[]) {
  const telemetry = await startTelemetry({ collectorFlags: flags, engineFlags: flags });
  try {
    const common = { url: telemetry.url, kind, senders: SENDERS, series: Number(values.series) };
    // The first requests compile the decoders, create the tables and announce the series.
    await runGenerator({ ...common, seconds: 1, firstRound: 1_000_000 });
    await waitDrained(telemetry.adminUrl);
    perSecond[kind] = await measureFull(telemetry, common);
    const itemsPerSecond = values.rate ? Number(values.rate) : perSecond[kind] / 2;
    const [half, delays] = await Promise.all([
      runGenerator({ ...common, seconds: halfSeconds, itemsPerSecond, firstRound: 2_000_000 }),
      probeQueryable(telemetry, kind, halfSeconds),
    ]);
    ackMsP99.push(half.ackMsP99);
    queryableMs.push(quantile(delays, 0.95));
    console.log(
      `  at ${Math.round(half.items / half.seconds)} a second: acknowledged p50 ${ms(half.ackMsP50)}, p99 ${ms(half.ackMsP99)}; ` +
        `queryable p50 ${ms(quantile(delays, 0.5))}, p95 ${ms(quantile(delays, 0.95))} (${delays.length} probes)\n`,
    );
  } finally {
    await telemetry.stop();
  }
}
console.log(
  JSON.stringify({
    spans_per_s: rounded(perSecond['spans']),
    samples_per_s: rounded(perSecond['samples']),
    log_lines_per_s: rounded(perSecond['logs']),
    ack_p99_ms: tenth(Math.max(...ackMsP99)),
    queryable_p95_ms: rounded(Math.max(...queryableMs)),
  }),
);

/** Items a second from the first request until the store has the last, so that a queue that grows counts for nothing. */
async function measureFull(
  telemetry: Telemetry,
  common: { url: string; kind: LoadKind; senders: number; series: number },
): Promise<number> {
  const parts = { collector: telemetry.collector.pid, engine: telemetry.engine.pid };
  const before = { collector: cpuSeconds(parts.collector), engine: cpuSeconds(parts.engine) };
  const machine = cpuTimes();
  const sent = await runGenerator({ ...common, seconds });
  const drainMs = await waitDrained(telemetry.adminUrl);
  const took = sent.seconds + drainMs / 1000;
  const rate = sent.items / took;
  const used = {
    collector: cpuSeconds(parts.collector) - before.collector,
    engine: cpuSeconds(parts.engine) - before.engine,
    generator: sent.cpuSeconds,
  };
  const us = (cpu: number) => `${((cpu * 1e6) / sent.items).toFixed(2)} µs`;
  const ours = used.collector + used.engine;
  console.log(
    `${common.kind}: ${Math.round(rate)} a second kept and queryable (${sent.items} in ${took.toFixed(1)} s, ` +
      `of it ${(drainMs / 1000).toFixed(1)} s after the last request; ${(sent.bytes / sent.items).toFixed(0)} bytes each on the wire, ${sent.refused} requests refused)\n` +
      `  CPU of each: collector ${us(used.collector)}, engine ${us(used.engine)}, generator ${us(used.generator)}; ` +
      `two whole cores would keep ${Math.round((2 * sent.items) / ours)} a second\n` +
      `  the machine was ${Math.round(busyShare(machine) * 100)} % busy, ${Math.round((100 * (ours + used.generator)) / (took * 2))} % of two cores by this bench; ` +
      `collector ${rssMiB(parts.collector).toFixed(0)} MiB, engine ${rssMiB(parts.engine).toFixed(0)} MiB`,
  );
  return rate;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
