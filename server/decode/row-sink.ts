import { ByteBuffer } from './byte-buffer.ts';
import { DecodeError } from './decode-error.ts';

/** Whole rows in RowBinary: what one frame of a segment carries. */
export interface RowChunk {
  rows: number;
  bytes: Uint8Array;
}

/** A chunk is closed at the first row's end beyond this, so that frames and segments stay small whatever one request holds. */
const CHUNK_BYTES = 2 * 1024 ** 2;
/** One resource is repeated in each of its rows, so a small body can mean many bytes. */
const TOTAL_BYTES_MAX = 128 * 1024 ** 2;

/** Collects the rows of one table and cuts them into chunks at row ends. */
export class RowSink extends ByteBuffer {
  rows = 0;
  #rowsBefore = 0;
  #bytesBefore = 0;
  #closed: RowChunk[] = [];

  /** Rows are about twice as long as the protobuf they come from. */
  static forBody(body: Uint8Array): RowSink {
    return new RowSink(Math.min(2 * CHUNK_BYTES, 1024 + body.length * 2));
  }

  endRow(): void {
    this.rows++;
    if (this.length < CHUNK_BYTES) return;
    const capacity = this.bytes.length;
    this.#close();
    this.bytes = Buffer.allocUnsafeSlow(0);
    this.reserve(capacity);
  }

  chunks(): RowChunk[] {
    if (this.length > 0) this.#close();
    return this.#closed;
  }

  #close(): void {
    this.#bytesBefore += this.length;
    if (this.#bytesBefore > TOTAL_BYTES_MAX) {
      throw new DecodeError(
        `The request decodes to more than ${TOTAL_BYTES_MAX / 1024 ** 2} MiB of rows: send smaller batches`,
        'too_large',
      );
    }
    this.#closed.push({ rows: this.rows - this.#rowsBefore, bytes: this.written() });
    this.#rowsBefore = this.rows;
    this.length = 0;
  }
}
