import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Session, drainPending } from 'chdb';
import { AppError } from '#server/errors.ts';

export interface Engine {
  /** A connection with settings and parameters of its own; opening one costs 0.15 ms, so each request gets one. */
  connect: () => Session;
  close: () => Promise<void>;
}

/** Opens the data directory below `dataDir`; only one process may have it open. */
export function openEngine(dataDir: string, memoryBytes: number): Engine {
  const dir = path.join(dataDir, 'engine');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const owner = openSession(dir, connectionArgs(memoryBytes));
  return {
    connect: () => new Session(dir),
    close: async () => {
      owner.close();
      await drainPending();
    },
  };
}

/** The defaults take the whole machine; these keep the engine a good neighbour on two cores. */
function connectionArgs(memoryBytes: number): string[] {
  const share = (part: number) => Math.floor(memoryBytes * part);
  const settings = {
    max_server_memory_usage: memoryBytes,
    mark_cache_size: share(1 / 32),
    index_mark_cache_size: share(1 / 64),
    primary_index_cache_size: share(1 / 32),
    uncompressed_cache_size: 0,
    query_condition_cache_size: share(1 / 64),
    background_pool_size: 2,
    background_schedule_pool_size: 2,
  };
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

function openSession(dir: string, args: string[]): Session {
  try {
    return new Session(dir, { connectionArgs: args });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (/lock|another/i.test(reason)) {
      throw new AppError(
        'CONFLICT',
        `Another process has the telemetry store in ${dir} open: an engine is running already. Stop it, or set DATA_DIR to another directory.`,
        { cause },
      );
    }
    throw new AppError('UNAVAILABLE', `The telemetry store in ${dir} does not open: ${reason}`, { cause });
  }
}
