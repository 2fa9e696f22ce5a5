import { AppError } from '#server/errors.ts';

/** Where the schema goes: one node (embedded or a server), or every node of a cluster. */
export interface Topology {
  /** What is asked and inserted into. */
  database: string;
  cluster?: string | undefined;
  /** On a cluster the database of each shard's own rows, over which `database` reaches; `database` itself unless told. */
  shardsDatabase?: string | undefined;
}

/** How many inserts of a table can be told from a replay; a collector replays what it has not deleted, minutes at most. */
const TOKENS_REMEMBERED = 10_000;

/** An insert is answered when it is on the disk: the collector deletes its segment then (docs/decisions/durability-of-the-store.md). */
const DURABLE = 'fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1';

type Macros = Record<string, (argument: string) => string>;

/** One DDL for both topologies: replaces `@name` and `@name(argument)`; an unknown macro is an error. Tests hand in doubles of macros. */
export function expandMacros(sql: string, topology: Topology, doubles: Macros = {}): string {
  const macros = { ...macrosOf(topology), ...doubles };
  return sql.replace(/@(\w+)(?:\(([^)]*)\))?/g, (whole, name: string, argument: string | undefined) => {
    const macro = macros[name];
    if (!macro)
      throw new AppError(
        'INTERNAL',
        `The schema uses ${whole}, which is no macro. There are: @${Object.keys(macros).join(', @')}. ` +
          'How long rows are kept stands in server/retention/kept-tables.ts, not in a TTL.',
      );
    return macro(argument ?? '');
  });
}

function macrosOf({ database, cluster, shardsDatabase = database }: Topology): Macros {
  const replicated = cluster === undefined ? '' : 'Replicated';
  // {uuid} keeps the path of a dropped and created-again table apart; {shard} and {replica} come from each server's macros.
  const place = cluster === undefined ? [] : [`'/clickhouse/tables/{uuid}/{shard}'`, `'{replica}'`];
  const engine = (name: string, ...args: string[]) => `${replicated}${name}(${[...place, ...args].join(', ')})`;
  const onCluster = cluster === undefined ? '' : `ON CLUSTER '${cluster}'`;
  return {
    db: () => shardsDatabase,
    on_cluster: () => onCluster,
    merge_tree: () => engine('MergeTree'),
    replacing_merge_tree: (version) => engine('ReplacingMergeTree', ...(version ? [version] : [])),
    aggregating_merge_tree: () => engine('AggregatingMergeTree'),
    summing_merge_tree: () => engine('SummingMergeTree'),
    dedup: () =>
      `${cluster === undefined ? 'non_replicated' : 'replicated'}_deduplication_window = ${TOKENS_REMEMBERED}`,
    durable: () => DURABLE,
    // Nothing where there is one node: the table itself is what is asked.
    over_shards: (argument) => {
      if (cluster === undefined || shardsDatabase === database) return '';
      const [table, ...key] = argument.split(',').map((part) => part.trim());
      return (
        `CREATE OR REPLACE TABLE ${database}.${table} ${onCluster} AS ${shardsDatabase}.${table} ` +
        `ENGINE = Distributed('${cluster}', '${shardsDatabase}', '${table}', sipHash64(${key.join(', ')}))`
      );
    },
  };
}
