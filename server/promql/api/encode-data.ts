import type { QueryData, Sample, SampleRow } from '../query.ts';
import { histogramToJson } from '../histogram/print.ts';
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

function encodeSample({ labels, timeMs, value, histogram }: Sample): string {
  if (histogram)
    return `{"metric":${JSON.stringify(labels)},"histogram":[${encodeTime(timeMs)},${histogramToJson(histogram)}]}`;
  return `{"metric":${JSON.stringify(labels)},"value":${encodePoint(timeMs, value)}}`;
}

function encodeRow(row: SampleRow): string {
  const { labels, values, histograms } = row;
  const all = values.length > 0 || !histograms ? `,"values":[${encodePoints(row)}]` : '';
  if (!histograms || histograms.values.length === 0) return `{"metric":${JSON.stringify(labels)}${all}}`;
  const encoded = histograms.values.map(
    (histogram, place) => `[${encodeTime(histograms.timestamps[place]!)},${histogramToJson(histogram)}]`,
  );
  return `{"metric":${JSON.stringify(labels)}${all},"histograms":[${encoded.join(',')}]}`;
}

function encodePoints({ timestamps, values }: SampleRow): string {
  let points = '';
  for (let place = 0; place < values.length; place++) {
    points += `${place === 0 ? '' : ','}${encodePoint(timestamps[place]!, values[place]!)}`;
  }
  return points;
}

function encodePoint(timeMs: number, value: number): string {
  return `[${encodeTime(timeMs)},"${formatFloat(value, 'json')}"]`;
}

/** Seconds, with three digits after the point or none. */
function encodeTime(timeMs: number): string {
  const text = (Math.abs(timeMs) / 1000).toFixed(3).replace(/\.000$/, '');
  return timeMs < 0 ? `-${text}` : text;
}
