import snappy from 'snappyjs';
import { REMOTE_WRITE_HEADERS } from '#server/forward/remote-write/headers.ts';
import type { LoadBody } from './body.ts';
import { ProtoWriter } from './proto-writer.ts';
import { createRandom, mix } from './random.ts';

export interface SampleBodyOptions {
  /** A node exporter each, of SERIES_PER_HOST series. */
  host: number;
  /** Which part of its series, when a request holds fewer. */
  from: number;
  series: number;
}

export const SERIES_PER_HOST = 1_000;

/**
 * One sample of each series of a node exporter by remote write 1.0. Shares of kinds are those of a real exporter: two thirds
 * never change, the rest are counters and gauges, whole and fractional.
 */
export function createSampleBody({ host, from, series }: SampleBodyOptions): LoadBody {
  const writer = new ProtoWriter();
  const places = new Uint32Array(series);
  for (let index = 0; index < series; index++) {
    const number = from + index;
    writer.message(0x0a, () => {
      for (const [name, value] of labelsOf(host, number)) {
        writer.message(0x0a, () => {
          writer.text(0x0a, name);
          writer.text(0x12, value);
        });
      }
      writer.message(0x12, () => {
        places[index] = writer.length + 1;
        writer.double(0x09, 0);
        // Of milliseconds since 1970 the varint has six bytes for two hundred years.
        writer.number(0x10, 1_700_000_000_000);
      });
    });
  }
  const values = Array.from({ length: series }, (_, index) => createValue(host, from + index));
  const bytes = writer.take();
  return {
    path: '/api/v1/write',
    headers: REMOTE_WRITE_HEADERS,
    items: series,
    refresh: (_, nowMs) => {
      for (let index = 0; index < series; index++) {
        const at = places[index]!;
        bytes.writeDoubleLE(values[index]!(), at);
        let rest = nowMs;
        for (let byte = 0; byte < 6; byte++, rest = Math.floor(rest / 128)) {
          bytes[at + 9 + byte] = (rest % 128) | (byte < 5 ? 0x80 : 0);
        }
      }
      return snappy.compress(bytes) as Buffer;
    },
  };
}

const DEVICES = ['sda', 'sdb', 'nvme0n1', 'eth0', 'eth1', 'docker0', 'lo', 'cpu0', 'cpu1', 'cpu2'];

/** Label names in order, as a sender must. */
function labelsOf(host: number, number: number): [string, string][] {
  return [
    ['__name__', `node_metric_${String(Math.floor(number / 10)).padStart(3, '0')}_total`],
    ['device', DEVICES[number % 10]!],
    ['instance', `node-${host}.internal:9100`],
    ['job', 'node'],
    ['mode', number % 2 ? 'user' : 'system'],
  ];
}

/** The next value of a series each time: its kind follows from its number. */
function createValue(host: number, number: number): () => number {
  const random = createRandom(mix(host * SERIES_PER_HOST + number));
  const kind = random();
  let value = Math.floor(random() * 1e6);
  if (kind < 0.65) return () => value;
  if (kind < 0.74) return () => (value += Math.floor(random() * 2_000));
  if (kind < 0.82) {
    let hundredths = value;
    return () => (hundredths += Math.floor(random() * 1_500)) / 100;
  }
  if (kind < 0.92) return () => (value = Math.max(0, value + Math.floor((random() - 0.5) * 256))) * 4_096;
  return () => Math.round(random() * 1e6) / 1e9;
}
