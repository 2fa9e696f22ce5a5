import { AppError } from '#server/errors.ts';
import { expandHistograms } from '#server/promql/histogram/expand-histograms.ts';
import type { Histogram } from '#server/promql/histogram/histogram.ts';
import { unwrapParens } from '#server/promql/ast.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import { parseExpr } from '#server/promql/parse/parse.ts';

/** One place of a series in Prometheus's notation: a number, its end, or nothing. */
export type SeriesValue = number | Histogram | 'stale' | null;

// No hexadecimal numbers: `0x10` is zero, eleven times.
const NUMBER = String.raw`[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|inf|nan)`;
const ITEM = new RegExp(
  `^(?:(?<gap>_)(?:x(?<gaps>\\d+))?|(?<stale>stale)|(?<start>${NUMBER})(?:(?<step>[-+]${NUMBER.slice(5)})?x(?<times>\\d+))?)$`,
  'i',
);
/** More places than this are a mistake of the file, not a test. */
const VALUES_MAX = 1_000_000;

/** Reads `1 _ 3 stale 0+10x5 _x3`: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series */
export function parseSeriesValues(text: string): SeriesValue[] {
  const values: SeriesValue[] = [];
  for (const item of text.match(/(?:\{\{[^}]*\}\}|\S)+/g) ?? []) {
    if (item.startsWith('{{')) {
      values.push(...histogramsOf(item));
      continue;
    }
    const { gap, gaps, stale, start, step, times } = ITEM.exec(item)?.groups ?? {};
    const count = Number(gaps ?? times ?? 0) + (gaps === undefined ? 1 : 0);
    if (values.length + count > VALUES_MAX) throw invalid(item, `makes more than ${VALUES_MAX} values`);
    if (gap) values.push(...Array.from({ length: count }, () => null));
    else if (stale) values.push('stale');
    else if (start) {
      // Each from the one before, so that sums of fractions are those of Prometheus.
      for (let [value, left] = [toNumber(start), count]; left > 0; left--) {
        values.push(value);
        value += step === undefined ? 0 : toNumber(step);
      }
    } else throw invalid(item, 'is neither a number nor _, stale, a+bxn, a-bxn or axn');
  }
  return values;
}

/** `up{job="a"}` as labels, `{}` as none. */
export function parseSeriesName(text: string): Labels {
  const trimmed = text.trim();
  if (trimmed === '' || /^\{\s*\}$/.test(trimmed)) return Labels.empty;
  const expr = unwrapParens(parseExpr(trimmed));
  if (expr.kind !== 'vectorSelector' || expr.matchers.some(({ op }) => op !== '='))
    throw invalid(text, 'is not the name of a series');
  return Labels.from(expr.matchers.map(({ name, value }) => [name, value]));
}

function histogramsOf(item: string): Histogram[] {
  const times = Number(/x(\d+)$/.exec(item)?.[1] ?? 0);
  if (times >= VALUES_MAX) throw invalid(item, `makes more than ${VALUES_MAX} values`);
  try {
    return expandHistograms(item);
  } catch (cause) {
    throw invalid(item, `is no histogram: ${(cause as Error).message}`);
  }
}

function toNumber(text: string): number {
  if (/nan/i.test(text)) return NaN;
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const [sign, digits] = /^[-+]/.test(text) ? [text[0], text.slice(1)] : ['', text];
  return sign === '-' ? -Number(digits) : Number(digits);
}

function invalid(text: string, reason: string): AppError {
  return new AppError('BAD_REQUEST', `${JSON.stringify(text)} ${reason}`);
}
