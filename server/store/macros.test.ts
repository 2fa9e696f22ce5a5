import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandMacros, type Topology } from './macros.ts';
import { schemaFiles } from './migrate.ts';

const single: Topology = { database: 'db' };
const cluster: Topology = { database: 'all', cluster: 'main', shardsDatabase: 'db' };
const place = `'/clickhouse/tables/{uuid}/{shard}', '{replica}'`;

describe('expandMacros', () => {
  test.each([
    ['@db.spans', 'db.spans', 'db.spans'],
    ['CREATE TABLE t @on_cluster', 'CREATE TABLE t ', `CREATE TABLE t ON CLUSTER 'main'`],
    ['ENGINE = @merge_tree', 'ENGINE = MergeTree()', `ENGINE = ReplicatedMergeTree(${place})`],
    ['@replacing_merge_tree(seen)', 'ReplacingMergeTree(seen)', `ReplicatedReplacingMergeTree(${place}, seen)`],
    ['@aggregating_merge_tree', 'AggregatingMergeTree()', `ReplicatedAggregatingMergeTree(${place})`],
    [
      '@over_shards(spans, trace_id, name)',
      '',
      `CREATE OR REPLACE TABLE all.spans ON CLUSTER 'main' AS db.spans ENGINE = Distributed('main', 'db', 'spans', sipHash64(trace_id, name))`,
    ],
    ['@dedup', 'non_replicated_deduplication_window = 10000', 'replicated_deduplication_window = 10000'],
  ])('%s on one node and on a cluster', (sql, onOne, onCluster) => {
    expect(expandMacros(sql, single)).toBe(onOne);
    expect(expandMacros(sql, cluster)).toBe(onCluster);
  });

  test('a cluster that was begun before there were shards gets no tables over them', () => {
    const before: Topology = { database: 'db', cluster: 'main' };
    expect(expandMacros('@over_shards(spans, trace_id)', before)).toBe('');
    expect(expandMacros('@db.spans', before)).toBe('db.spans');
  });

  test('an unknown macro is an error that names it', () => {
    expect(() => expandMacros('ENGINE = @log', single)).toThrow('@log, which is no macro');
  });
});

test('every schema file expands for both topologies and keeps no macro', () => {
  for (const file of schemaFiles()) {
    const sql = readFileSync(path.join(import.meta.dirname, 'schema', file), 'utf8').replace(/^--.*$/gm, '');
    for (const topology of [single, cluster]) expect(expandMacros(sql, topology), file).not.toContain('@');
    expect(expandMacros(sql, cluster).match(/ENGINE = /g)?.length, file).toBe(
      expandMacros(sql, cluster).match(/ENGINE = (Replicated|Distributed)/g)?.length,
    );
  }
});
