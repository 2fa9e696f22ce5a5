import { setTimeout as sleep } from 'node:timers/promises';
import { REMOTE_WRITE_HEADERS } from '#server/forward/remote-write/headers.ts';
import { ProtoWriter } from '../load/proto-writer.ts';
import type { Slice } from './scrapes.ts';

/** A request of remote write: all samples of a series together, so that what its labels weigh counts once. */
export function encodeWrite(slices: readonly Slice[]): Buffer<ArrayBuffer> {
  const writer = new ProtoWriter();
  for (const { series, timestamps, values } of slices) {
    for (const [place, { labels }] of series.entries()) {
      writer.message(0x0a, () => {
        for (const [name, value] of labels.entries()) {
          writer.message(0x0a, () => {
            writer.text(0x0a, name);
            writer.text(0x12, value);
          });
        }
        for (let sample = 0; sample < timestamps.length; sample++) {
          // A double and a time of six bytes are 16, with their tags.
          writer.varint(0x12);
          writer.varint(16);
          writer.double(0x09, values[place]![sample]!);
          writer.number(0x10, timestamps[sample]!);
        }
      });
    }
  }
  return frame(writer.take());
}

const RETRY_MS = 250;

/** Sends it again as long as the receiver has as much to do as it can take, as Prometheus does. */
export async function sendWrite(url: string, body: Buffer<ArrayBuffer>): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/api/v1/write`, {
      method: 'POST',
      headers: REMOTE_WRITE_HEADERS,
      body,
    });
    const text = await response.text();
    if (response.ok) return;
    if (response.status !== 429 && response.status !== 503) throw new Error(`remote write: ${response.status} ${text}`);
    await sleep(RETRY_MS);
  }
}

const LITERAL_MAX = 65_536;

/** Snappy's form with nothing compressed: filling is not what is measured. */
function frame(bytes: Buffer): Buffer<ArrayBuffer> {
  const parts: Buffer[] = [];
  const length: number[] = [];
  for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest < 128 ? rest : (rest % 128) | 0x80);
    if (rest < 128) break;
  }
  parts.push(Buffer.from(length));
  for (let at = 0; at < bytes.length; at += LITERAL_MAX) {
    const literal = bytes.subarray(at, at + LITERAL_MAX);
    const size = literal.length - 1;
    parts.push(Buffer.from([61 << 2, size & 0xff, size >>> 8]), literal);
  }
  return Buffer.concat(parts);
}
