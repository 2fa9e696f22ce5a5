import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RowChunk } from '#server/decode/row-sink.ts';
import type { Log } from '#server/log.ts';
import { TABLE_COLUMNS, type TableName } from '#server/store/tables.ts';
import { Lane, type Insert, type LaneOptions } from './lane.ts';
import { lockDir } from './lock.ts';
import { WalRefusal } from './refusal.ts';
import { TableLog, type Appended, type TableLogOptions } from './table-log.ts';

/** What may wait for a store that is away: at 5,000 spans a second about ten minutes. */
const DISK_BYTES_MAX = 2 * 1024 ** 3;
/** What may wait in memory for the disk. */
const WAITING_BYTES_MAX = 64 * 1024 ** 2;
/** Segments that the store refused are for people to look at; beyond this the oldest go. */
const REJECTED_BYTES_MAX = 256 * 1024 ** 2;

export interface WalOptions {
  dir: string;
  log: Log;
  insert: Insert;
  diskBytesMax?: number;
  onSynced?: TableLogOptions['onSynced'];
  onInserted?: LaneOptions['onInserted'];
  onFailed?: LaneOptions['onFailed'];
}

export interface WalUsage {
  /** On the disk and not in the store yet. */
  bytes: number;
  /** Sealed segments. */
  segments: number;
  /** In memory and not on the disk yet. */
  waitingBytes: number;
}

export interface Wal {
  /**
   * Resolves when the rows are on the disk, which is when their sender may be told so; rejects with a WalRefusal when they
   * are not. `urgent` rows are inserted at once instead of waiting for company.
   */
  append: (table: TableName, chunks: readonly RowChunk[], options?: { urgent?: boolean }) => Promise<Appended>;
  usage: () => WalUsage;
  /** Sealed segments of one table that are not in the store yet. */
  pending: (table: TableName) => number;
  /** Takes nothing more, sends what it can until the time is over, and leaves the rest on the disk for the next start. */
  close: (withinMs: number) => Promise<void>;
}

/** Opens the write-ahead segments below `dir`, and begins to send what an earlier process left there. */
export function openWal(options: WalOptions): Wal {
  const { dir, log, insert, diskBytesMax = DISK_BYTES_MAX, onSynced, onInserted, onFailed } = options;
  const unlock = lockDir(dir);
  const rejectedDir = path.join(dir, 'rejected');
  mkdirSync(rejectedDir, { recursive: true, mode: 0o700 });
  const tables = Object.fromEntries(
    (Object.keys(TABLE_COLUMNS) as TableName[]).map((table) => {
      const lane: Lane = new Lane({
        table,
        log,
        insert,
        rejectedDir,
        onFree: () => tableLog.sealIfDue(),
        onInserted,
        onFailed: (failed, verdict) => {
          onFailed?.(failed, verdict);
          if (verdict === 'kept_aside') void trimRejected(rejectedDir, log);
        },
      });
      const tableLog: TableLog = new TableLog({
        dir,
        table,
        log,
        isStoreFree: () => lane.isFree,
        onSealed: ({ path: file, bytes, stored }) => lane.add({ path: file, bytes, settle: stored.resolve }),
        onSynced,
      });
      return [table, { lane, tableLog }];
    }),
  ) as Record<TableName, { lane: Lane; tableLog: TableLog }>;
  const all = Object.values(tables);

  for (const leftover of findLeftovers(dir)) tables[leftover.table].lane.add(leftover);
  const left = all.reduce((sum, { lane }) => sum + lane.segments, 0);
  if (left > 0) log.info({ segments: left }, 'sending the segments that an earlier run left');

  const usage = (): WalUsage => ({
    bytes: all.reduce((sum, { lane, tableLog }) => sum + lane.bytes + tableLog.openBytes, 0),
    segments: all.reduce((sum, { lane }) => sum + lane.segments, 0),
    waitingBytes: all.reduce((sum, { tableLog }) => sum + tableLog.waitingBytes, 0),
  });
  let closing = false;
  return {
    usage,
    pending: (table) => tables[table].lane.segments,
    append: async (table, chunks, { urgent = false } = {}) => {
      if (closing) throw new WalRefusal('stopping');
      if (chunks.length === 0) return { stored: Promise.resolve(true) };
      const { bytes, waitingBytes } = usage();
      if (bytes + waitingBytes > diskBytesMax) throw new WalRefusal('store_behind');
      if (waitingBytes > WAITING_BYTES_MAX) throw new WalRefusal('disk_behind');
      return tables[table].tableLog.append(chunks, urgent);
    },
    close: async (withinMs) => {
      closing = true;
      const timer = new AbortController();
      const deadline = sleep(withinMs, undefined, { signal: timer.signal }).catch(() => {});
      await Promise.all(all.map(({ tableLog }) => tableLog.seal()));
      await Promise.all(all.map(({ lane }) => lane.stop(deadline)));
      timer.abort();
      unlock();
    },
  };
}

function findLeftovers(dir: string): { table: TableName; path: string; bytes: number }[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.seg'))
    .map((name) => ({ table: name.split('.')[0] as TableName, path: path.join(dir, name), name }))
    .filter(({ table }) => table in TABLE_COLUMNS)
    .toSorted((a, b) => (a.name.slice(a.table.length) < b.name.slice(b.table.length) ? -1 : 1))
    .map(({ table, path: file }) => ({ table, path: file, bytes: statSync(file).size }));
}

async function trimRejected(dir: string, log: Log): Promise<void> {
  const files = readdirSync(dir)
    .map((name) => ({ path: path.join(dir, name), ...statSync(path.join(dir, name)) }))
    .toSorted((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  for (const file of files) {
    bytes += file.size;
    if (bytes <= REJECTED_BYTES_MAX) continue;
    await rm(file.path, { force: true });
    log.warn({ segment: file.path }, 'a refused segment is deleted: more of them than are kept');
  }
}
