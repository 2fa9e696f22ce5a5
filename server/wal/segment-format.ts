import { crc32 } from 'node:zlib';
import { TABLE_COLUMNS, type TableName } from '#server/store/tables.ts';

/**
 * A segment is a header and frames. The header says which columns the rows have, so that rows which outlived a change of
 * the schema are not read as something else. A frame is `length, crc32, rows` (u32 each) and RowBinary; the checksum covers
 * the row count and the rows, so that a torn tail and a flipped bit are both found.
 */
const MAGIC = 'SWYW';
const VERSION = 1;
const PREFIX_BYTES = 8;
const CRC_BYTES = 4;
export const FRAME_HEADER_BYTES = 12;
const FRAME_BYTES_MAX = 256 * 1024 ** 2;

export function encodeHeader(table: TableName): Buffer {
  const body = Buffer.from(JSON.stringify({ table, columns: TABLE_COLUMNS[table] }));
  const header = Buffer.alloc(PREFIX_BYTES + body.length + CRC_BYTES);
  header.write(MAGIC, 0, 'latin1');
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(body.length, 6);
  body.copy(header, PREFIX_BYTES);
  header.writeUInt32LE(crc32(body), PREFIX_BYTES + body.length);
  return header;
}

/** The 12 bytes that go before a payload. */
export function encodeFrameHeader(rows: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(rows, 8);
  header.writeUInt32LE(crc32(payload, crc32(header.subarray(8))), 4);
  return header;
}

export interface SegmentContent {
  rows: number;
  /** The rows of all good frames, one behind the other: what is inserted. */
  payload: Buffer;
  /** Frames whose checksum is wrong although good ones follow: not a torn tail but a damaged disk. */
  damagedFrames: number;
  /** Behind the last good frame: a write that was cut off, and so never acknowledged. */
  tornBytes: number;
}

/** Reads a segment, good frames only; a string says why it is none. Reuses the memory of `file` for the payload. */
export function decodeSegment(file: Buffer): SegmentContent | string {
  const header = decodeHeader(file);
  if (typeof header === 'string') return header;
  const content = { rows: 0, damagedFrames: 0 };
  let payloadBytes = 0;
  let good = header.bytes;
  let damagedSinceGood = 0;
  for (let at = header.bytes; at + FRAME_HEADER_BYTES <= file.length;) {
    const length = file.readUInt32LE(at);
    const end = at + FRAME_HEADER_BYTES + length;
    if (length === 0 || length > FRAME_BYTES_MAX || end > file.length) break;
    if (crc32(file.subarray(at + 8, end)) === file.readUInt32LE(at + 4)) {
      content.rows += file.readUInt32LE(at + 8);
      content.damagedFrames += damagedSinceGood;
      damagedSinceGood = 0;
      // To the left, over what has been read already.
      file.copy(file, payloadBytes, at + FRAME_HEADER_BYTES, end);
      payloadBytes += length;
      good = end;
    } else damagedSinceGood++;
    at = end;
  }
  return { ...content, payload: file.subarray(0, payloadBytes), tornBytes: file.length - good };
}

/** A header that is cut off is that of a segment whose creation was: it has no frames. */
function decodeHeader(file: Buffer): { bytes: number } | string {
  if (file.length < PREFIX_BYTES) return { bytes: 0 };
  if (file.toString('latin1', 0, 4) !== MAGIC) return 'it does not begin as a segment';
  const version = file.readUInt16LE(4);
  if (version !== VERSION) return `it has version ${version}, this program reads version ${VERSION}`;
  const bodyEnd = PREFIX_BYTES + file.readUInt16LE(6);
  if (file.length < bodyEnd + CRC_BYTES) return { bytes: file.length };
  const body = file.subarray(PREFIX_BYTES, bodyEnd);
  if (crc32(body) !== file.readUInt32LE(bodyEnd)) return 'the checksum of its header is wrong';
  const { table, columns } = JSON.parse(body.toString()) as { table: TableName; columns: string[] };
  const current: readonly string[] | undefined = TABLE_COLUMNS[table];
  if (current === undefined) return `there is no table ${table}`;
  if (current.join() !== columns.join()) return `its rows have the columns of another version: ${columns.join(', ')}`;
  return { bytes: bodyEnd + CRC_BYTES };
}
