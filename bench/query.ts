// How long the product's own questions take over many spans: rollup panels, raw group-bys, a trace by its id, a search by attribute.
import { parseArgs } from 'node:util';
import { createLog } from '#server/log.ts';
import { createStore } from '#server/store/client.ts';
import { readDurationBuckets } from '#server/store/queries/duration-buckets.ts';
import { readEndpoints, readEndpointsOfMinutes } from '#server/store/queries/endpoints.ts';
import { findTraces } from '#server/store/queries/find-traces.ts';
import { readOperations } from '#server/store/queries/operations.ts';
import { readServiceCallsOfMinutes } from '#server/store/queries/service-calls.ts';
import { readServiceCountsOfMinutes } from '#server/store/queries/service-counts.ts';
import { readServiceSeries, readServiceSeriesOfMinutes } from '#server/store/queries/service-series.ts';
import { readServiceTotals, readServiceTotalsOfMinutes } from '#server/store/queries/service-totals.ts';
import { readTraceSpans } from '#server/store/queries/trace-spans.ts';
import { ask } from './lab/ask.ts';
import { cpuSeconds, describeMachine } from './lab/cpu.ts';
import { startTelemetry } from './lab/start-telemetry.ts';
import { waitDrained } from './lab/wait-drained.ts';
import { fillSpans, SPANS_PER_TRACE, TRACE_ID_SQL } from './load/fill-spans.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, spans: { type: 'string' }, runs: { type: 'string' } },
});
const spans = Number(values.spans ?? (values.quick ? 1_000_000 : 10_000_000));
const runs = Number(values.runs ?? (values.quick ? 5 : 15));
const HOUR = 3_600_000;
const MINUTE = 60_000;
const TRACES_ASKED = 20;

type Group = 'rollup' | 'raw_groupby' | 'trace_by_id' | 'attribute_search';
const p95Of: Record<Group, number> = { rollup: 0, raw_groupby: 0, trace_by_id: 0, attribute_search: 0 };

console.log(`${spans} spans of the last 24 h, each question ${runs} times when warm; ${describeMachine()}`);
const telemetry = await startTelemetry();
const store = createStore({
  url: telemetry.engineUrl,
  database: 'switchyard',
  log: createLog('bench', 'silent'),
});
try {
  await waitForSchema();
  const toMs = Math.floor(Date.now() / MINUTE) * MINUTE;
  const day = { fromMs: toMs - 24 * HOUR, toMs };
  const hour = { fromMs: toMs - HOUR, toMs };
  const quarter = { fromMs: toMs - 15 * MINUTE, toMs };
  await fill(day);

  for (const [name, range, stepMs] of [
    ['1 h', hour, MINUTE],
    ['24 h', day, 10 * MINUTE],
  ] as const) {
    await measure('rollup', `services, ${name}`, () => readServiceTotalsOfMinutes(store, range));
    await measure('rollup', `sparklines, ${name}`, () => readServiceCountsOfMinutes(store, range, stepMs));
    await measure('rollup', `one service, ${name}`, () => readServiceSeriesOfMinutes(store, 'orders', range, stepMs));
    await measure('rollup', `endpoints, ${name}`, () => readEndpointsOfMinutes(store, 'orders', range));
    await measure('rollup', `edges of the map, ${name}`, () => readServiceCallsOfMinutes(store, range, quarter));
    await measure('rollup', `operations, ${name}`, () => readOperations(store, range));
  }
  const none = { range: hour, attributes: [] };
  await measure('raw_groupby', 'services, 1 h', () => readServiceTotals(store, hour));
  await measure('raw_groupby', 'one service, 1 h', () => readServiceSeries(store, 'orders', hour, MINUTE));
  await measure('raw_groupby', 'endpoints, 1 h', () => readEndpoints(store, 'orders', hour));
  await measure('raw_groupby', 'heat map of traces, 1 h', () => readDurationBuckets(store, none, MINUTE, 5));
  await measure('raw_groupby', 'requests and errors by service and name, 24 h', () =>
    ask(
      telemetry.engineUrl,
      `SELECT service_name, name, count(), countIf(status_code = 2), max(duration_ns) FROM spans GROUP BY service_name, name`,
    ),
  );

  const traceIds = await pickTraces();
  let asked = 0;
  await measure(
    'trace_by_id',
    'all its spans',
    async () => {
      const traceId = traceIds[asked++ % traceIds.length]!;
      const found = await readTraceSpans(store, traceId, 10_000);
      if (found.length !== SPANS_PER_TRACE) throw new Error(`The trace ${traceId} has ${found.length} spans.`);
    },
    Math.max(runs, TRACES_ASKED),
  );

  let user = 0;
  const search = (attributes: { key: string; op: '=' | '!=' | 'exists'; value: string }[], service?: string) =>
    findTraces(store, { range: hour, attributes, service }, 'newest', 20);
  await measure('attribute_search', 'enduser.id = a user, newest 20 of 1 h', () =>
    search([{ key: 'enduser.id', op: '=', value: `user-${(user += 37)}` }]),
  );
  await measure('attribute_search', 'the same in one service', () =>
    search([{ key: 'enduser.id', op: '=', value: `user-${(user += 37)}` }], 'orders'),
  );
  await measure('attribute_search', 'a value that nobody has', () =>
    search([{ key: 'enduser.id', op: '=', value: 'nobody' }]),
  );
  await measure('attribute_search', 'http.response.status_code = 503', () =>
    search([{ key: 'http.response.status_code', op: '=', value: '503' }]),
  );
  console.log(
    `\n${JSON.stringify({
      spans,
      rollup_p95_ms: tenth(p95Of.rollup),
      raw_groupby_p95_ms: tenth(p95Of.raw_groupby),
      trace_by_id_p95_ms: tenth(p95Of.trace_by_id),
      attribute_search_p95_ms: tenth(p95Of.attribute_search),
    })}`,
  );
} finally {
  await store.close();
  await telemetry.stop();
}

/** A question's figure is its p95, a group's that of its slowest question: no quick one makes up for a slow one. */
async function measure(group: Group, name: string, question: () => Promise<unknown>, times = runs): Promise<void> {
  await question();
  const took: number[] = [];
  const cpuBefore = cpuSeconds(telemetry.engine.pid);
  for (let run = 0; run < times; run++) {
    const started = performance.now();
    await question();
    took.push(performance.now() - started);
  }
  const cpuMs = ((cpuSeconds(telemetry.engine.pid) - cpuBefore) * 1000) / times;
  const p95 = quantile(took, 0.95);
  p95Of[group] = Math.max(p95Of[group], p95);
  const figures = `p50 ${quantile(took, 0.5).toFixed(1).padStart(7)} ms  p95 ${p95.toFixed(1).padStart(7)} ms`;
  console.log(`  ${group.padEnd(17)} ${name.padEnd(46)} ${figures}  CPU ${cpuMs.toFixed(0).padStart(5)} ms`);
}

async function fill(day: { fromMs: number; toMs: number }): Promise<void> {
  const started = performance.now();
  let saidAt = 0;
  await fillSpans(telemetry.engineUrl, day, spans, (done) => {
    if (done - saidAt < spans / 10) return;
    saidAt = done;
    console.log(`  ${done} made after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  });
  const [parts] = await ask<{ parts: number; bytes: number }>(
    telemetry.engineUrl,
    `SELECT count() AS parts, sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND table = 'spans'`,
  );
  console.log(
    `  spans lie in ${parts!.parts} parts of ${Math.round(parts!.bytes / 2 ** 20)} MiB as inserts and merges left them\n`,
  );
}

/** The collector applies the schema when it opens the store; the first request makes it. */
async function waitForSchema(): Promise<void> {
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    name: 'first',
    startTimeUnixNano: `${Date.now()}000000`,
  };
  const response = await fetch(`${telemetry.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  await response.body?.cancel();
  await waitDrained(telemetry.adminUrl);
}

async function pickTraces(): Promise<string[]> {
  const traces = Math.floor(spans / SPANS_PER_TRACE);
  const step = Math.max(1, Math.floor(traces / TRACES_ASKED)) * SPANS_PER_TRACE;
  const rows = await ask<{ id: string }>(
    telemetry.engineUrl,
    `SELECT lower(hex(${TRACE_ID_SQL})) AS id FROM (SELECT number * ${step} AS number FROM numbers(${TRACES_ASKED}))`,
  );
  return rows.map(({ id }) => id);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
