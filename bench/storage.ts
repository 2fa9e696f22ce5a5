// What a span, a sample and a log line cost on the disk once all is merged: every table, index and rollup that they fill included.
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { ask } from './lab/ask.ts';
import { describeMachine } from './lab/cpu.ts';
import { startTelemetry, type Telemetry } from './lab/start-telemetry.ts';
import { waitDrained } from './lab/wait-drained.ts';
import type { LoadBody, LoadKind } from './load/body.ts';
import { SERVICES } from './load/fleet.ts';
import { createLogBody } from './load/log-body.ts';
import { createSampleBody, SERIES_PER_HOST } from './load/sample-body.ts';
import { createSpanBody } from './load/span-body.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    kind: { type: 'string', default: 'spans,samples,logs' },
    spans: { type: 'string' },
    lines: { type: 'string' },
    hours: { type: 'string' },
  },
});
const spans = Number(values.spans ?? (values.quick ? 200_000 : 2_000_000));
const lines = Number(values.lines ?? (values.quick ? 200_000 : 2_000_000));
const hours = Number(values.hours ?? (values.quick ? 2 : 12));
/** As many spans and lines a second as a busy site of a team: how many a second share a key decides what merges save. */
const ITEMS_PER_SECOND = 500;
const SCRAPE_MS = 15_000;
const HOSTS = 2;
const BATCH = 1_000;
const SENDERS = 2;

/** What each kind is kept in. Series that the collector makes of spans as time passes are samples, and cost what samples cost. */
const TABLES: Record<LoadKind, string[]> = {
  spans: ['spans', 'trace_times', 'red_1m', 'red_service_5m', 'red_1h', 'attribute_keys_1h'],
  samples: ['samples', 'series'],
  logs: ['logs'],
};

console.log(
  `${spans} spans, ${lines} log lines, ${HOSTS * SERIES_PER_HOST} series every 15 s for ${hours} h; ${describeMachine()}\n`,
);
const bytesPer: Record<string, number> = {};
for (const kind of values.kind.split(',') as LoadKind[]) {
  const telemetry = await startTelemetry();
  try {
    const items = await fill(telemetry, kind);
    await waitDrained(telemetry.adminUrl);
    bytesPer[kind] = await measure(telemetry, kind, items);
  } finally {
    await telemetry.stop();
  }
}
console.log(
  JSON.stringify({
    bytes_per_span: hundredth(bytesPer['spans']),
    bytes_per_sample: hundredth(bytesPer['samples']),
    bytes_per_log_line: hundredth(bytesPer['logs']),
  }),
);

async function fill({ url }: Telemetry, kind: LoadKind): Promise<number> {
  const pool = new Pool(url, { connections: SENDERS });
  const requests = kind === 'samples' ? sampleRequests() : itemRequests(kind, kind === 'spans' ? spans : lines);
  let items = 0;
  const send = async () => {
    for (const { body, atMs, round } of requests) {
      const bytes = Buffer.from(body.refresh(round, atMs));
      for (;;) {
        const response = await pool.request({ method: 'POST', path: body.path, headers: body.headers, body: bytes });
        const text = await response.body.text();
        if (response.statusCode < 300) break;
        if (response.statusCode !== 429 && response.statusCode !== 503) {
          throw new Error(`The collector answered ${response.statusCode}: ${text}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      items += body.items;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  await pool.close();
  return items;
}

interface Request {
  body: LoadBody;
  atMs: number;
  round: number;
}

/** Every request has values of its own, because a repeated one would be compressed to nothing. */
function* itemRequests(kind: 'spans' | 'logs', count: number): Generator<Request> {
  const spreadMs = (BATCH * SERVICES.length * 1000) / ITEMS_PER_SECOND;
  const rounds = Math.ceil(count / BATCH / SERVICES.length);
  const startMs = firstMs(rounds * spreadMs);
  for (let round = 0; round < rounds; round++) {
    for (let service = 0; service < SERVICES.length; service++) {
      const common = { service, seed: round, sender: 1, spreadMs };
      const body =
        kind === 'spans' ? createSpanBody({ ...common, spans: BATCH }) : createLogBody({ ...common, lines: BATCH });
      yield { body, atMs: startMs + (round + 1) * spreadMs, round };
    }
  }
}

function* sampleRequests(): Generator<Request> {
  const bodies = Array.from({ length: HOSTS }, (_, host) =>
    createSampleBody({ host, from: 0, series: SERIES_PER_HOST }),
  );
  const scrapes = Math.floor((hours * 3_600_000) / SCRAPE_MS);
  const startMs = firstMs(hours * 3_600_000);
  for (let scrape = 0; scrape < scrapes; scrape++) {
    for (const body of bodies) yield { body, atMs: startMs + scrape * SCRAPE_MS, round: scrape };
  }
}

/** From midnight, yesterday's when today's is too near: a day is a partition, and half a one would be merged apart. */
function firstMs(lastsMs: number): number {
  const day = 86_400_000;
  const midnight = Math.floor(Date.now() / day) * day;
  return midnight - Math.ceil(lastsMs / day) * day;
}

async function measure({ engineUrl }: Telemetry, kind: LoadKind, items: number): Promise<number> {
  for (const table of TABLES[kind]) await ask(engineUrl, `OPTIMIZE TABLE ${table} FINAL`);
  const parts = await ask<{ table: string; bytes: number; rows: number }>(
    engineUrl,
    `SELECT table, sum(bytes_on_disk) AS bytes, sum(parts.rows) AS rows FROM system.parts AS parts
      WHERE active AND database = 'switchyard' AND parts.rows > 0 GROUP BY table ORDER BY bytes DESC`,
  );
  const bytes = parts.filter(({ table }) => TABLES[kind].includes(table)).reduce((sum, part) => sum + part.bytes, 0);
  console.log(`${kind}: ${(bytes / items).toFixed(2)} bytes each, of ${items}`);
  for (const part of parts) {
    const counted = TABLES[kind].includes(part.table) ? '' : ' (not counted)';
    console.log(`  ${part.table}: ${(part.bytes / items).toFixed(2)} bytes each, ${part.rows} rows${counted}`);
  }
  const columns = await ask<{ table: string; name: string; bytes: number; raw: number }>(
    engineUrl,
    `SELECT table, name, data_compressed_bytes AS bytes, data_uncompressed_bytes AS raw FROM system.columns
      WHERE database = 'switchyard' AND bytes > ${items / 5} ORDER BY bytes DESC LIMIT 12`,
  );
  const indexes = await ask<{ table: string; name: string; bytes: number; raw: number }>(
    engineUrl,
    `SELECT table, name, data_compressed_bytes AS bytes, data_uncompressed_bytes AS raw
      FROM system.data_skipping_indices WHERE database = 'switchyard' AND bytes > ${items / 5}`,
  );
  for (const { table, name, bytes: size, raw } of [...columns, ...indexes]) {
    console.log(`    ${table}.${name}: ${(size / items).toFixed(2)} of ${(raw / items).toFixed(1)}`);
  }
  console.log('');
  return bytes / items;
}

function hundredth(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 100) / 100;
}
