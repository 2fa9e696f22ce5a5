import { queryInstant, queryRange, type QueryData } from '../query.ts';
import { formatFloat } from '../print/format-float.ts';
import type { Labels } from '../labels/labels.ts';
import { mapCounts } from '../histogram/histogram.ts';
import { histogramToString } from '../histogram/print.ts';
import { loadSeries, memorySource } from './memory-source.ts';

/** Asks series in Prometheus's test notation, a value a minute; answers `labels value` lines, sorted unless told. */
export async function ask(
  series: string,
  query: string,
  atMinutes: number,
  options: { sorted?: boolean } = {},
): Promise<string[]> {
  const source = memorySource(loadSeries(series, 60_000));
  const result = await queryInstant({ source, query, timeMs: atMinutes * 60_000, experimentalFunctions: true });
  const lines = describe(result.data);
  return options.sorted === false ? lines : lines.toSorted();
}

/** The same over a range: a line is `labels v v _ v`, a step a place. */
export async function askRange(
  series: string,
  query: string,
  minutes: [from: number, to: number, step: number],
): Promise<string[]> {
  const source = memorySource(loadSeries(series, 60_000));
  const [startMs, endMs, stepMs] = minutes.map((minute) => minute * 60_000) as [number, number, number];
  const { data } = await queryRange({ source, query, startMs, endMs, stepMs, experimentalFunctions: true });
  if (data.resultType !== 'matrix') throw new Error('not a matrix');
  return data.result.map(({ labels, timestamps, values, histograms }) => {
    const at = new Map(Array.from(timestamps, (ms, place) => [ms, number(values[place]!)]));
    histograms?.values.forEach((value, place) =>
      at.set(histograms.timestamps[place]!, histogramToString(mapCounts(value, round))),
    );
    const steps = Array.from(
      { length: Math.floor((endMs - startMs) / stepMs) + 1 },
      (_, step) => startMs + step * stepMs,
    );
    return `${name(labels)} ${steps.map((ms) => at.get(ms) ?? '_').join(' ')}`;
  });
}

function describe(data: QueryData): string[] {
  switch (data.resultType) {
    case 'scalar':
      return [number(data.value)];
    case 'string':
      return [data.text];
    case 'vector':
      return data.result.map(
        ({ labels, value, histogram }) =>
          `${name(labels)} ${histogram ? histogramToString(mapCounts(histogram, round)) : number(value)}`,
      );
    case 'matrix':
      return data.result.map(
        ({ labels, timestamps, values }) =>
          `${name(labels)} ${Array.from(values, (value, place) => `${number(value)}@${timestamps[place]! / 1000}`).join(' ')}`,
      );
  }
}

function name(labels: Labels): string {
  const rest = labels.withoutName();
  return `${labels.get('__name__')}${rest.size === 0 ? (labels.size === 0 ? '{}' : '') : String(rest).replaceAll(', ', ',')}`;
}

function round(value: number): number {
  return Number(value.toPrecision(10));
}

function number(value: number): string {
  return formatFloat(round(value), 'f');
}
