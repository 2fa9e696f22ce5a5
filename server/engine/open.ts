import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Session, drainPending } from 'chdb';
import { AppError } from '#server/errors.ts';
import { createConnections, type Connections } from './connections.ts';
import { createGate, type Gate } from './gate.ts';
import { lanes } from './threads.ts';

export interface Engine extends Connections {
  /** Separate, so that slow questions never keep telemetry from coming in. */
  reads: Gate;
  writes: Gate;
  /** How the rows of each INSERT statement are read. */
  structures: Map<string, string | undefined>;
  close: () => Promise<void>;
}

const READS_WAITING_MAX = 256;
/** Each holds its payload on the disk. */
const WRITES_WAITING_MAX = 32;

/** Opens the data directory below `dataDir`; only one process may have it open. */
export function openEngine(dataDir: string, memoryBytes: number, threads: number): Engine {
  const running = lanes(threads);
  const dir = path.join(dataDir, 'engine');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // chDB takes the zone of its process for every function that is not told one; the schema means UTC throughout.
  process.env['TZ'] = 'UTC';
  const args = connectionArgs(memoryBytes);
  const owner = openSession(dir, args);
  return {
    ...createConnections(() => new Session(dir, { connectionArgs: args })),
    reads: createGate(running.reads, READS_WAITING_MAX),
    writes: createGate(running.writes, WRITES_WAITING_MAX),
    structures: new Map(),
    close: async () => {
      owner.close();
      await drainPending();
    },
  };
}

/** The defaults take the whole machine; these keep the engine a good neighbour on two cores. */
function connectionArgs(memoryBytes: number): string[] {
  const share = (part: number) => Math.floor(memoryBytes / part);
  const settings = {
    max_server_memory_usage: memoryBytes,
    // So that one question cannot take what inserts and merges need.
    max_memory_usage: share(2),
    // The default, 1 GiB for each thread of a question, would leave questions one thread of a store that may have 2 GiB.
    max_threads_min_free_memory_per_thread: share(16),
    mark_cache_size: share(32),
    index_mark_cache_size: share(64),
    primary_index_cache_size: share(32),
    query_condition_cache_size: share(64),
    uncompressed_cache_size: 0,
    // chDB reads a text that is no statement as an expression to select; a server does not.
    implicit_select: 0,
    background_pool_size: 2,
    background_schedule_pool_size: 2,
    // Parameters are set by statements here; a server takes them as they are, up to the size of its URL.
    max_query_size: 4 * 1024 ** 2,
  };
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

function openSession(dir: string, args: string[]): Session {
  try {
    return new Session(dir, { connectionArgs: args });
  } catch (cause) {
    const owner = ownerOf(dir);
    if (owner !== undefined) {
      throw new AppError(
        'CONFLICT',
        `An engine is running already: process ${owner} has the telemetry store in ${dir} open. Stop it, or set DATA_DIR to another directory.`,
        { cause },
      );
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('UNAVAILABLE', `The telemetry store in ${dir} does not open: ${reason}`, { cause });
  }
}

/** The process that holds the lock, as ClickHouse notes it beside the data; chDB's own error does not say. */
function ownerOf(dir: string): number | undefined {
  try {
    const pid = Number(/PID: (\d+)/.exec(readFileSync(path.join(dir, 'status'), 'utf8'))?.[1]);
    process.kill(pid, 0);
    return pid === process.pid ? undefined : pid;
  } catch {
    return undefined;
  }
}
