import xxhash from 'xxhash-wasm';
import type { Labels } from './labels.ts';

const { h64Raw } = await xxhash();
const LONG = 255;

/**
 * XXH64 over the labels as Prometheus lays them out in memory (model/labels, `stringlabels`): in the order of their names, each
 * text behind its length, a byte or, from 255 on, 255 and three bytes.
 */
export function hashLabels(labels: Labels): bigint {
  return h64Raw(Buffer.concat(labels.entries().flatMap(([name, value]) => [...sized(name), ...sized(value)])));
}

function sized(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const { length } = bytes;
  return [
    Buffer.from(length < LONG ? [length] : [LONG, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff]),
    bytes,
  ];
}
