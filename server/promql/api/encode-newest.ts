import type { Histogram } from '../histogram/histogram.ts';
import { METRIC_NAME, type Labels } from '../labels/labels.ts';
import { formatFloat } from '../print/format-float.ts';

/** The newest sample of a series. */
export interface Newest {
  labels: Labels;
  timeMs: number;
  value: number;
  histogram?: Histogram | undefined;
}

/**
 * Types are not known of what is federated: upstream calls all of it untyped. Of native histograms this format can tell the
 * count and the sum only, as upstream's does.
 */
export function* encodeNewest(newest: Newest[]): Generator<string> {
  let family = '';
  for (const { labels, timeMs, value, histogram } of newest) {
    const name = labels.get(METRIC_NAME);
    if (name === '') continue;
    const type = histogram ? 'histogram' : 'untyped';
    if (`${name} ${type}` !== family) yield `# TYPE ${quoted(name)} ${type}\n`;
    family = `${name} ${type}`;
    const pairs = federatedLabels(labels);
    if (!histogram) yield line(name, pairs, value, timeMs);
    else {
      const { count, sum } = histogram;
      yield line(`${name}_bucket`, [...pairs, ['le', '+Inf']], count, timeMs);
      yield line(`${name}_sum`, pairs, sum, timeMs) + line(`${name}_count`, pairs, count, timeMs);
    }
  }
}

/** The labels beside the name. */
export function federatedLabels(labels: Labels): [string, string][] {
  const pairs = labels.entries().filter(([label]) => label !== METRIC_NAME);
  // So that the scraper does not take a series that has no instance for one of ours.
  return labels.get('instance') === '' ? [...pairs, ['instance', '']] : pairs;
}

function line(name: string, pairs: [string, string][], value: number, timeMs: number): string {
  const inner = pairs.map(([label, text]) => `${quoted(label)}="${escape(text)}"`);
  const series = LEGACY_NAME.test(name) ? `${name}{${inner.join(',')}}` : `{${[quoted(name), ...inner].join(',')}}`;
  return `${series} ${formatFloat(value, 'g')} ${timeMs}\n`;
}

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

function quoted(name: string): string {
  return LEGACY_NAME.test(name) ? name : `"${escape(name)}"`;
}

function escape(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}
