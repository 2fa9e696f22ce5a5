import { DecodeError } from './decode-error.ts';
import { RESET_HINTS, type HistogramSample } from './histogram-row.ts';
import type { Exposition, Family, ParsedExemplar, Point } from './parse-exposition.ts';
import type { ParsedSeries } from './parse-series.ts';
import { readProtoHistogram, type ProtoHistogram } from './proto-histogram.ts';
import { readTimestamp, readExemplar, readLabel, signed64, type Label } from './proto-metric-parts.ts';
import { ProtoReader } from './proto-reader.ts';

const LABELS_MAX = 128;
const TYPES = ['counter', 'gauge', 'summary', 'unknown', 'histogram', 'gaugehistogram'];

/** What is taken of histograms that are both native and classic. */
export interface HistogramChoice {
  native: boolean;
  /** Also of those that are taken as native ones. */
  classic: boolean;
}

/**
 * Parses MetricFamily messages, each behind its length: the exposition of Prometheus that carries native histograms. Throws
 * DecodeError. `known` remembers series from one scrape to the next.
 */
export function parseProtoExposition(
  body: Uint8Array,
  known = new Map<string, ParsedSeries>(),
  choice: HistogramChoice = { native: true, classic: false },
): Exposition {
  const families = new Map<string, Family>();
  const points: Point[] = [];
  const reader = new ProtoReader(body);
  while (reader.more) {
    const outer = reader.enter();
    readFamily(reader, families, choice, (name, labels, rest) => {
      const key = JSON.stringify([name, labels]);
      let series = known.get(key);
      if (!series) known.set(key, (series = { name, labels: [...labels] }));
      points.push({ series, ...rest });
    });
    reader.leave(outer);
  }
  return { families, points };
}

type AddPoint = (name: string, labels: Label[], rest: Omit<Point, 'series'>) => void;

function readFamily(reader: ProtoReader, families: Map<string, Family>, choice: HistogramChoice, add: AddPoint): void {
  const family: Family = { type: 'counter', help: '', unit: '' };
  const { pos } = reader;
  let name = '';
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) name = reader.text();
    else if (tag === 0x12) family.help = reader.text();
    else if (tag === 0x18) family.type = TYPES[reader.varint()] ?? 'unknown';
    else if (tag === 0x2a) family.unit = reader.text();
    else reader.skip(tag);
  }
  if (name === '') throw new DecodeError('A metric family needs a name');
  families.set(name, family);
  reader.pos = pos;
  reader.each(0x22, () => {
    const metric = readMetric(reader);
    // Times of creation are told as OpenMetrics tells them, beside the name without `_total`.
    if (metric.created !== undefined) {
      const base = name.replace(/_total$/, '');
      if (!families.has(base)) families.set(base, family);
      add(`${base}_created`, metric.labels, { value: metric.created, timestampMs: undefined });
    }
    const native = choice.native ? metric.histogram?.native : undefined;
    if (native) addNative(name, metric, family.type === 'gaugehistogram' ? asGauge(native) : native, add);
    if (!native || choice.classic) addPoints(name, metric, add);
  });
}

interface Metric {
  labels: Label[];
  timestampMs: number | undefined;
  created: number | undefined;
  value: number;
  exemplar: ParsedExemplar | undefined;
  summary: { count: number; sum: number; quantiles: { quantile: number; value: number }[] } | undefined;
  histogram: ProtoHistogram | undefined;
}

function readMetric(reader: ProtoReader): Metric {
  const metric: Metric = {
    labels: [],
    timestampMs: undefined,
    created: undefined,
    value: 0,
    exemplar: undefined,
    summary: undefined,
    histogram: undefined,
  };
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x0a) metric.labels.push(readLabel(reader));
    else if (tag === 0x30) metric.timestampMs = signed64(reader);
    else if (tag === 0x12 || tag === 0x1a || tag === 0x2a) readValue(reader, metric);
    else if (tag === 0x22) readSummary(reader, metric);
    else if (tag === 0x3a) {
      metric.histogram = readProtoHistogram(reader);
      metric.created = metric.histogram.created;
    } else reader.skip(tag);
  }
  if (metric.labels.length > LABELS_MAX) throw new DecodeError(`A metric has more than ${LABELS_MAX} labels`);
  return metric;
}

/** A Gauge, Counter or Untyped message; only counters have more than a value. */
function readValue(reader: ProtoReader, metric: Metric): void {
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x09) metric.value = reader.double();
    else if (tag === 0x12) metric.exemplar = readExemplar(reader);
    else if (tag === 0x1a) metric.created = readTimestamp(reader);
    else reader.skip(tag);
  }
  reader.leave(outer);
}

function readSummary(reader: ProtoReader, metric: Metric): void {
  const summary: Metric['summary'] = { count: 0, sum: 0, quantiles: [] };
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x08) summary.count = signed64(reader);
    else if (tag === 0x11) summary.sum = reader.double();
    else if (tag === 0x1a) summary.quantiles.push(readQuantile(reader));
    else if (tag === 0x22) metric.created = readTimestamp(reader);
    else reader.skip(tag);
  }
  reader.leave(outer);
  metric.summary = summary;
}

function readQuantile(reader: ProtoReader) {
  const read = { quantile: 0, value: 0 };
  const outer = reader.enter();
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 0x09) read.quantile = reader.double();
    else if (tag === 0x11) read.value = reader.double();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return read;
}

function asGauge(histogram: HistogramSample): HistogramSample {
  return { ...histogram, resetHint: RESET_HINTS.gauge };
}

function addNative(name: string, metric: Metric, histogram: HistogramSample, add: AddPoint): void {
  const { labels, timestampMs } = metric;
  const { exemplars, buckets } = metric.histogram!;
  const all = exemplars.length > 0 ? exemplars : buckets.flatMap(({ exemplar }) => exemplar ?? []);
  const [newest] = all.toSorted((a, b) => (b.timestampMs ?? Infinity) - (a.timestampMs ?? Infinity));
  add(name, labels, { value: histogram.count, timestampMs, histogram, ...(newest && { exemplar: newest }) });
}

function addPoints(name: string, metric: Metric, add: AddPoint): void {
  const { labels, timestampMs, summary, histogram, value, exemplar } = metric;
  if (!summary && !histogram) return add(name, labels, { value, timestampMs, ...(exemplar && { exemplar }) });
  for (const one of summary?.quantiles ?? []) {
    add(name, [...labels, ['quantile', String(one.quantile)]], { value: one.value, timestampMs });
  }
  for (const { le, below, exemplar: of } of histogram?.buckets ?? []) {
    const point = { value: below, timestampMs, ...(of && { exemplar: of }) };
    add(`${name}_bucket`, [...labels, ['le', boundText(le)]], point);
  }
  const { count, sum } = (summary ?? histogram)!;
  add(`${name}_sum`, labels, { value: sum, timestampMs });
  add(`${name}_count`, labels, { value: count, timestampMs });
}

/** As Go writes bounds in OpenMetrics, so that a target has the same series in either exposition. */
function boundText(le: number): string {
  if (le === Infinity) return '+Inf';
  const size = Math.abs(le);
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) {
    return le.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = String(le);
  return text.includes('.') ? text : `${text}.0`;
}
