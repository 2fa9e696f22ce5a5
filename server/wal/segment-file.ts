import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { RowChunk } from '#server/decode/row-sink.ts';
import type { TableName } from '#server/store/tables.ts';
import { encodeFrameHeader, encodeHeader, FRAME_HEADER_BYTES } from './segment-format.ts';

const { O_CREAT, O_EXCL, O_WRONLY } = constants;

/** A segment that is being written. Frames before `bytes` are on the disk. */
export class SegmentFile {
  readonly path: string;
  readonly table: TableName;
  readonly openedAtMs = performance.now();
  /** Settles when the rows are in the store (true), or were refused by it for good (false). */
  readonly stored = Promise.withResolvers<boolean>();
  bytes: number;
  rows = 0;
  readonly #handle: FileHandle;

  /** Creates the file so that its name survives a power cut as well. */
  static async create(dir: string, table: TableName): Promise<SegmentFile> {
    const file = path.join(dir, `${table}.${Date.now()}.${randomBytes(6).toString('hex')}.seg`);
    const handle = await open(file, O_CREAT | O_EXCL | O_WRONLY, 0o600);
    try {
      const header = encodeHeader(table);
      await writeAll(handle, [header], 0);
      await syncDir(dir);
      return new SegmentFile(file, table, handle, header.length);
    } catch (error) {
      await handle.close().catch(() => {});
      await rm(file, { force: true }).catch(() => {});
      throw error;
    }
  }

  private constructor(file: string, table: TableName, handle: FileHandle, bytes: number) {
    this.path = file;
    this.table = table;
    this.#handle = handle;
    this.bytes = bytes;
  }

  /** Returns when the frames are on the disk. After an error the file ends where it ended before, as far as can be. */
  async append(chunks: readonly RowChunk[]): Promise<void> {
    const buffers = chunks.flatMap((chunk) => [encodeFrameHeader(chunk.rows, chunk.bytes), chunk.bytes]);
    try {
      await writeAll(this.#handle, buffers, this.bytes);
      await this.#handle.datasync();
    } catch (error) {
      // A torn frame in the middle would hide all later ones from the replay.
      await this.#handle.truncate(this.bytes);
      throw error;
    }
    for (const chunk of chunks) {
      this.bytes += FRAME_HEADER_BYTES + chunk.bytes.length;
      this.rows += chunk.rows;
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** A write may take less than it was given; then the rest is written again. */
async function writeAll(handle: FileHandle, buffers: readonly Uint8Array[], position: number): Promise<void> {
  let rest = buffers;
  let at = position;
  while (rest.length > 0) {
    // The kernel takes at most 1,024 buffers at once.
    const { bytesWritten } = await handle.writev(rest.slice(0, 1024), at);
    at += bytesWritten;
    rest = behind(rest, bytesWritten);
  }
}

function behind(buffers: readonly Uint8Array[], written: number): Uint8Array[] {
  let skip = written;
  let index = 0;
  while (index < buffers.length && skip >= buffers[index]!.length) skip -= buffers[index++]!.length;
  const rest = buffers.slice(index);
  if (skip > 0) rest[0] = rest[0]!.subarray(skip);
  return rest;
}

async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}
