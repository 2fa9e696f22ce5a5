import type { SampleSource } from '../evaluate/evaluation.ts';
import type { RawSeries } from '../evaluate/values.ts';
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
      return matching.map((one) => cut(one, afterMs, untilMs)).filter(({ values }) => values.length > 0);
    },
  };
}

function cut({ labels, timestamps, values, stale }: RawSeries, afterMs: number, untilMs: number): RawSeries {
  const inside = (_: number, place: number) => timestamps[place]! > afterMs && timestamps[place]! <= untilMs;
  return { labels, timestamps: timestamps.filter(inside), values: values.filter(inside), stale: stale?.filter(inside) };
}

/**
 * Series in the notation of Prometheus's own tests, one a line, a value every `everyMs` from 0: `up{job="a"} 0+1x3 _ stale NaN`.
 */
export function loadSeries(text: string, everyMs: number): RawSeries[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, selector, values] = /^\s*(\S*\{[^}]*\}|\S+)\s+(.*)$/.exec(line)!;
      return toRawSeries(labelsOf(selector!), values!.trim().split(/\s+/).flatMap(expand), everyMs);
    });
}

function labelsOf(selector: string): Labels {
  const expr = parseExpr(selector);
  if (expr.kind !== 'vectorSelector') throw new Error(`not a series: ${selector}`);
  return Labels.from(expr.matchers.map(({ name, value }) => [name, value]));
}

function expand(item: string): (number | 'stale' | undefined)[] {
  const repeated = /^(_|-?[\d.e]+)(?:([-+][\d.]+))?x(\d+)$/.exec(item);
  if (!repeated) return [item === '_' ? undefined : item === 'stale' ? 'stale' : toNumber(item)];
  const [, start, step = '0', times] = repeated;
  const values = Array.from({ length: Number(times) + (start === '_' ? 0 : 1) }, (_, place) => place);
  return values.map((place) => (start === '_' ? undefined : Number(start) + place * Number(step)));
}

function toNumber(text: string): number {
  return /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}

function toRawSeries(labels: Labels, items: (number | 'stale' | undefined)[], everyMs: number): RawSeries {
  const present = items.flatMap((item, place) => (item === undefined ? [] : [{ item, ms: place * everyMs }]));
  return {
    labels,
    timestamps: Float64Array.from(present, ({ ms }) => ms),
    values: Float64Array.from(present, ({ item }) => (item === 'stale' ? NaN : item)),
    stale: Uint8Array.from(present, ({ item }) => Number(item === 'stale')),
  };
}
