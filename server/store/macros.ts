import { AppError } from '#server/errors.ts';

/** Where the schema goes: one node (embedded or a server), or every node of a cluster. */
export interface Topology {
  database: string;
  cluster?: string | undefined;
  retention?: Partial<Retention>;
}

/** Days that rows are kept. */
export interface Retention {
  traces: number;
  logs: number;
  metrics: number;
  circuits: number;
}

export const RETENTION_DEFAULT: Retention = { traces: 7, logs: 7, metrics: 30, circuits: 400 };

/** How many inserts of a table can be told from a replay; a collector replays what it has not deleted, minutes at most. */
const TOKENS_REMEMBERED = 10_000;

/** An insert is answered when it is on the disk: the collector deletes its segment then (docs/decisions/durability-of-the-store.md). */
const DURABLE =
  'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, ttl_only_drop_parts = 1';

/** One DDL for both topologies: replaces `@name` and `@name(argument)`; an unknown macro is an error. */
export function expandMacros(sql: string, { database, cluster, retention }: Topology): string {
  const days = { ...RETENTION_DEFAULT, ...retention };
  const replicated = cluster === undefined ? '' : 'Replicated';
  // {uuid} keeps the path of a dropped and created-again table apart; {shard} and {replica} come from each server's macros.
  const place = cluster === undefined ? [] : [`'/clickhouse/tables/{uuid}/{shard}'`, `'{replica}'`];
  const engine = (name: string, ...args: string[]) => `${replicated}${name}(${[...place, ...args].join(', ')})`;
  const macros: Record<string, (argument: string) => string> = {
    db: () => database,
    on_cluster: () => (cluster === undefined ? '' : `ON CLUSTER '${cluster}'`),
    merge_tree: () => engine('MergeTree'),
    replacing_merge_tree: (version) => engine('ReplacingMergeTree', ...(version ? [version] : [])),
    aggregating_merge_tree: () => engine('AggregatingMergeTree'),
    summing_merge_tree: () => engine('SummingMergeTree'),
    ttl_traces: (column) => ttl(column, days.traces),
    ttl_logs: (column) => ttl(column, days.logs),
    ttl_metrics: (column) => ttl(column, days.metrics),
    ttl_circuits: (column) => ttl(column, days.circuits),
    dedup: () =>
      `${cluster === undefined ? 'non_replicated' : 'replicated'}_deduplication_window = ${TOKENS_REMEMBERED}`,
    durable: () => DURABLE,
  };
  return sql.replace(/@(\w+)(?:\(([^)]*)\))?/g, (whole, name: string, argument: string | undefined) => {
    const macro = macros[name];
    if (!macro)
      throw new AppError(
        'INTERNAL',
        `The schema uses ${whole}, which is no macro. There are: @${Object.keys(macros).join(', @')}.`,
      );
    return macro(argument ?? '');
  });
}

function ttl(column: string, days: number): string {
  return `toDateTime(${column}) + INTERVAL ${days} DAY`;
}
