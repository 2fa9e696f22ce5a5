import type { SampleSource } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
import { expandHistograms } from '../histogram/expand-histograms.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { Labels } from '../labels/labels.ts';
import { matchesValue } from '../labels/matches-value.ts';
import { parseExpr } from '../parse/parse.ts';

/** Samples in memory, matched as the store matches them. */
export function memorySource(series: RawSeries[]): SampleSource {
  return {
    read: async ({ matchers, afterMs, untilMs }) => {
      const matching = series.filter(({ labels }) =>
        matchers.every((matcher) => matchesValue(matcher, labels.get(matcher.name))),
      );
      return matching
        .map((one) => cut(one, afterMs, untilMs))
        .filter(({ values, histograms }) => values.length > 0 || histograms);
    },
  };
}

function cut(series: RawSeries, afterMs: number, untilMs: number): RawSeries {
  const { labels, timestamps, values, stale, histograms } = series;
  const within = (ms: number) => ms > afterMs && ms <= untilMs;
  const inside = (_: number, place: number) => within(timestamps[place]!);
  const found = {
    labels,
    timestamps: timestamps.filter(inside),
    values: values.filter(inside),
    stale: stale?.filter(inside),
  };
  const times = histograms?.timestamps.filter(within);
  if (!histograms || !times || times.length === 0) return found;
  const cutOut = histograms.values.filter((_, place) => within(histograms.timestamps[place]!));
  return { ...found, histograms: { timestamps: times, values: cutOut } };
}

/**
 * Series in the notation of Prometheus's own tests, one a line, a value every `everyMs` from 0: `up{job="a"} 0+1x3 _ stale NaN`.
 */
export function loadSeries(text: string, everyMs: number): RawSeries[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, selector, values] = /^\s*(\S*\{[^}{]*\}|[^\s{]+)\s+(.*)$/.exec(line)!;
      return toRawSeries(labelsOf(selector!), values!.match(/(?:\{\{[^}]*\}\}|\S)+/g)!.flatMap(expand), everyMs);
    });
}

function labelsOf(selector: string): Labels {
  const expr = parseExpr(selector);
  if (expr.kind !== 'vectorSelector') throw new Error(`not a series: ${selector}`);
  return Labels.from(expr.matchers.map(({ name, value }) => [name, value]));
}

type Item = number | Histogram | 'stale' | undefined;

function expand(item: string): Item[] {
  if (item.startsWith('{{')) return expandHistograms(item);
  const repeated = /^(_|-?[\d.e]+)(?:([-+][\d.]+))?x(\d+)$/.exec(item);
  if (!repeated) return [item === '_' ? undefined : item === 'stale' ? 'stale' : toNumber(item)];
  const [, start, step = '0', times] = repeated;
  const values = Array.from({ length: Number(times) + (start === '_' ? 0 : 1) }, (_, place) => place);
  return values.map((place) => (start === '_' ? undefined : Number(start) + place * Number(step)));
}

function toNumber(text: string): number {
  return /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}

function toRawSeries(labels: Labels, items: Item[], everyMs: number): RawSeries {
  const all = items.flatMap((item, place) => (item === undefined ? [] : [{ item, ms: place * everyMs }]));
  const present = all.flatMap(({ item, ms }) => (typeof item === 'object' ? [] : [{ item, ms }]));
  const histograms = all.flatMap(({ item, ms }) => (typeof item === 'object' ? [{ item, ms }] : []));
  return {
    labels,
    timestamps: Float64Array.from(present, ({ ms }) => ms),
    values: Float64Array.from(present, ({ item }) => (item === 'stale' ? NaN : item)),
    stale: Uint8Array.from(present, ({ item }) => Number(item === 'stale')),
    histograms:
      histograms.length === 0
        ? undefined
        : {
            timestamps: Float64Array.from(histograms, ({ ms }) => ms),
            values: histograms.map(({ item }) => item),
          },
  };
}
