import type { QueryData, Sample, SampleRow } from '../query.ts';
import { formatFloat } from '../print/format-float.ts';

/** The `data` of a query's answer in Prometheus's JSON, in pieces, so that no large answer is one string. */
export function* encodeQueryData(data: QueryData, stats: object | undefined): Generator<string> {
  yield `{"resultType":"${data.resultType}","result":`;
  switch (data.resultType) {
    case 'scalar':
      yield encodePoint(data.timeMs, data.value);
      break;
    case 'string':
      yield `[${encodeTime(data.timeMs)},${JSON.stringify(data.text)}]`;
      break;
    case 'vector':
      yield* encodeList(data.result, encodeSample);
      break;
    case 'matrix':
      yield* encodeList(data.result, encodeRow);
      break;
  }
  yield stats ? `,"stats":${JSON.stringify(stats)}}` : '}';
}

function* encodeList<Item>(items: Item[], encode: (item: Item) => string): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield before + encode(item);
    before = ',';
  }
  yield items.length === 0 ? '[]' : ']';
}

function encodeSample({ labels, timeMs, value }: Sample): string {
  return `{"metric":${JSON.stringify(labels)},"value":${encodePoint(timeMs, value)}}`;
}

function encodeRow({ labels, timestamps, values }: SampleRow): string {
  let points = '';
  for (let place = 0; place < values.length; place++) {
    points += `${place === 0 ? '' : ','}${encodePoint(timestamps[place]!, values[place]!)}`;
  }
  return `{"metric":${JSON.stringify(labels)},"values":[${points}]}`;
}

function encodePoint(timeMs: number, value: number): string {
  return `[${encodeTime(timeMs)},"${formatFloat(value, 'json')}"]`;
}

/** Seconds, with three digits after the point or none. */
function encodeTime(timeMs: number): string {
  const text = (Math.abs(timeMs) / 1000).toFixed(3).replace(/\.000$/, '');
  return timeMs < 0 ? `-${text}` : text;
}
