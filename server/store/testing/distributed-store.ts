// A process of its own, because chDB lives in the process that opens it: applies the schema as a cluster has it, with
// ClickHouse's own Distributed tables, and tells what came of it as one line of JSON. The cluster's servers do not exist, so rows
// go through tables of the function remote(), which are the same Distributed with this process as its only shard.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Session } from 'chdb';
import { expandMacros } from '../macros.ts';
import { schemaFiles, statements } from '../migrate.ts';

export interface DistributedReport {
  /** The engine of each table that reaches over the shards, as the server understood it. */
  engines: Record<string, string>;
  /** Tables whose columns are not those of the shard's. */
  differing: string[];
  /** After the same ten spans under the same token twice. */
  spans: number;
  rollup: number;
  sample: number;
  nested: number;
}

const SCHEMA = path.join(import.meta.dirname, '../schema');
const here = { database: 'all_shard' };
const cluster = { database: 'all', cluster: 'two', shardsDatabase: 'all_shard' };

const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-distributed-'));
const shard =
  '<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>1</port></replica></shard>';
writeFileSync(
  path.join(dir, 'config.xml'),
  `<clickhouse><remote_servers><two>${shard}${shard}</two></remote_servers></clickhouse>`,
);
const session = new Session(path.join(dir, 'data'), {
  connectionArgs: [`--config-file=${path.join(dir, 'config.xml')}`, '--background_pool_size=2'],
});
try {
  process.stdout.write(`${JSON.stringify(report())}\n`);
} finally {
  session.close();
  rmSync(dir, { recursive: true, force: true });
}

function report(): DistributedReport {
  for (const database of ['all', 'all_shard']) session.query(`CREATE DATABASE ${database}`);
  for (const file of schemaFiles()) {
    for (const statement of statements(readFileSync(path.join(SCHEMA, file), 'utf8'))) {
      // Of stores that were there before.
      if (/REMOVE TTL$|RENAME COLUMN/.test(statement)) continue;
      session.query(expandMacros(statement, here, { over_shards }));
    }
  }
  const engines = Object.fromEntries(
    ask<{ name: string; engine_full: string }>(
      `SELECT name, engine_full FROM system.tables WHERE database = 'all' AND engine = 'Distributed'`,
    ).map(({ name, engine_full }) => [name, engine_full]),
  );
  const differing = ask<{ table: string }>(
    `SELECT table FROM (SELECT database, table, groupArray((name, type, default_kind)) AS columns FROM
       (SELECT * FROM system.columns WHERE database IN ('all', 'all_shard') ORDER BY position) GROUP BY database, table)
     WHERE table IN (SELECT name FROM system.tables WHERE database = 'all') GROUP BY table HAVING uniqExact(columns) > 1`,
  ).map(({ table }) => table);

  for (const table of Object.keys(engines))
    session.query(`CREATE OR REPLACE TABLE all.${table} AS remote('127.0.0.1', 'all_shard', '${table}')`);
  for (let time = 0; time < 2; time += 1)
    session.query(`INSERT INTO all.spans (timestamp, trace_id, service_name)
      SELECT toDateTime64(1e9, 9) + number, toFixedString(toString(number), 16), 'shop' FROM numbers(10)
      SETTINGS insert_deduplication_token = 'one', distributed_foreground_insert = 1, deduplicate_blocks_in_dependent_materialized_views = 1`);
  session.query(`INSERT INTO all.samples (metric_name, series_id, timestamp, sample) SELECT 'm', 1, toDateTime64(1e9, 3), 2.5
    SETTINGS distributed_foreground_insert = 1`);
  const number = (sql: string) => ask<{ n: number }>(sql)[0]!.n;
  return {
    engines,
    differing,
    spans: number('SELECT toUInt32(count()) AS n FROM all.spans'),
    rollup: number('SELECT toUInt32(sum(count)) AS n FROM all.red_1m'),
    sample: number('SELECT value AS n FROM all.samples'),
    nested:
      number(`SELECT toUInt32(count()) AS n FROM all.spans WHERE trace_id IN (SELECT trace_id FROM all.spans WHERE service_name = 'shop')
      SETTINGS distributed_product_mode = 'global'`),
  };
}

/** As on a cluster, but said to this server alone. */
function over_shards(argument: string): string {
  return expandMacros(`@over_shards(${argument})`, cluster).replace("ON CLUSTER 'two'", '');
}

function ask<Row>(sql: string): Row[] {
  const text = session.query(sql, 'JSONEachRow').toString();
  // Safe because the statements above say which columns there are.
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
}
