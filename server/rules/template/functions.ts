import { RE2JS } from 're2js';
import { parseDuration } from '../parse-duration.ts';
import { humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp } from './humanize.ts';
import { printf } from './printf.ts';
import { isTrue, TemplateError, toNumber, toText, type TemplateSample, type TemplateValue } from './value.ts';

/** What functions may ask beside their arguments. */
export interface TemplateSurroundings {
  externalUrl: string;
  nowMs: number;
  /** The instant value of an expression at the time of the evaluation. */
  query: (expr: string) => Promise<TemplateSample[]>;
}

type TemplateFunction = (
  args: TemplateValue[],
  surroundings: TemplateSurroundings,
) => TemplateValue | Promise<TemplateValue>;

/** Of Prometheus's templates and of Go's: https://prometheus.io/docs/prometheus/latest/configuration/template_reference */
export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  // Numbers
  humanize: ([value]) => humanize(toNumber(value!)),
  humanize1024: ([value]) => humanize1024(toNumber(value!)),
  humanizeDuration: ([value]) => humanizeDuration(toNumber(value!)),
  humanizePercentage: ([value]) => humanizePercentage(toNumber(value!)),
  humanizeTimestamp: ([value]) => humanizeTimestamp(toNumber(value!)),
  toTime: ([value]) => new Date(toNumber(value!) * 1_000),
  toDuration: ([value]) => humanizeDuration(toNumber(value!)),
  parseDuration: ([text]) => parseDuration(toText(text!)) / 1_000,
  now: (_, { nowMs }) => nowMs / 1_000,
  // Texts
  title: ([text]) => toText(text!).replace(/(^|\s)\S/g, (start) => start.toUpperCase()),
  toUpper: ([text]) => toText(text!).toUpperCase(),
  toLower: ([text]) => toText(text!).toLowerCase(),
  stripPort: ([host]) => toText(host!).replace(/:\d+$/, ''),
  stripDomain: ([host]) => stripDomain(toText(host!)),
  match: ([pattern, text]) => RE2JS.compile(toText(pattern!)).matcher(toText(text!)).find(),
  reReplaceAll: ([pattern, replacement, text]) => replaceAll(toText(pattern!), toText(replacement!), toText(text!)),
  safeHtml: ([text]) => toText(text!),
  graphLink: ([expr]) => `/graph?g0.expr=${encodeURIComponent(toText(expr!))}&g0.tab=0`,
  tableLink: ([expr]) => `/graph?g0.expr=${encodeURIComponent(toText(expr!))}&g0.tab=1`,
  externalURL: (_, { externalUrl }) => externalUrl,
  pathPrefix: (_, { externalUrl }) => new URL(externalUrl).pathname.replace(/\/$/, ''),
  urlQueryEscape: ([text]) => queryEscape(toText(text!)),
  // Samples
  query: async ([expr], { query }) => (await query(toText(expr!))) as unknown as TemplateValue,
  first: ([samples]) => samplesOf(samples!)[0] ?? fail('first() called on vector with no elements'),
  label: ([name, sample]) => labelsOf(sample!)[toText(name!)] ?? '',
  value: ([sample]) => fieldOf(sample!, 'Value'),
  strvalue: ([sample]) => labelsOf(sample!)['__value__'] ?? '',
  sortByLabel: ([name, samples]) =>
    samplesOf(samples!).toSorted((a, b) => compareText(labelOf(a, toText(name!)), labelOf(b, toText(name!)))),
  args: (values) => Object.fromEntries(values.map((value, place) => [`arg${place}`, value])),
  // Go's own; `and` and `or` are in evaluate.ts, because they need not look at everything
  not: ([value]) => !isTrue(value!),
  len: ([value]) => lengthOf(value!),
  index: ([value, ...keys]) => keys.reduce<TemplateValue>(elementOf, value!),
  slice: ([value, from, to]) => sliceOf(value!, from, to),
  print: (values) => values.map(toText).join(''),
  println: (values) => `${values.map(toText).join(' ')}\n`,
  printf: ([format, ...values]) => printf(toText(format!), values),
  html: (values) =>
    values
      .map(toText)
      .join('')
      .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
  js: (values) => JSON.stringify(values.map(toText).join('')).slice(1, -1),
  urlquery: (values) => queryEscape(values.map(toText).join('')),
  eq: ([value, ...others]) => others.some((other) => compare(value!, other) === 0),
  ne: ([a, b]) => compare(a!, b!) !== 0,
  lt: ([a, b]) => compare(a!, b!) < 0,
  le: ([a, b]) => compare(a!, b!) <= 0,
  gt: ([a, b]) => compare(a!, b!) > 0,
  ge: ([a, b]) => compare(a!, b!) >= 0,
};

/** How many arguments each needs at least; one unless it is here. */
export const ARGUMENTS_MIN: Readonly<Record<string, number>> = {
  now: 0,
  externalURL: 0,
  pathPrefix: 0,
  print: 0,
  println: 0,
  args: 0,
  label: 2,
  match: 2,
  reReplaceAll: 3,
  sortByLabel: 2,
  eq: 2,
  ne: 2,
  lt: 2,
  le: 2,
  gt: 2,
  ge: 2,
};

function stripDomain(host: string): string {
  const [, name = host, port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  return /^[\d.]+$|:/.test(name) ? host : name.split('.')[0]! + port;
}

/** Go's `$1`, `${1}` and `${name}`. */
function replaceAll(pattern: string, replacement: string, text: string): string {
  const matcher = RE2JS.compile(pattern).matcher(text);
  let [result, from] = ['', 0];
  while (matcher.find()) {
    result += text.slice(from, matcher.start());
    result += replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      if (whole === '$$') return '$';
      const name = braced ?? bare!;
      if (!/^\d+$/.test(name)) return matcher.group(name) ?? '';
      return Number(name) <= matcher.groupCount() ? (matcher.group(Number(name)) ?? '') : '';
    });
    from = matcher.end();
  }
  return result + text.slice(from);
}

function queryEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function samplesOf(value: TemplateValue): TemplateValue[] {
  return Array.isArray(value) ? value : fail(`${toText(value)} is no result of a query`);
}

function labelsOf(sample: TemplateValue): Record<string, string> {
  return fieldOf(sample, 'Labels') as Record<string, string>;
}

function labelOf(sample: TemplateValue, name: string): string {
  return labelsOf(sample)[name] ?? '';
}

/** A field of what has fields; what a map has not is empty, as rules rely on it for labels. */
export function fieldOf(value: TemplateValue, name: string): TemplateValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Date) {
    return fail(`can't evaluate field ${name} in ${toText(value)}`);
  }
  return Object.hasOwn(value, name) ? value[name]! : '';
}

function elementOf(value: TemplateValue, key: TemplateValue): TemplateValue {
  if (typeof value !== 'string' && !Array.isArray(value)) return fieldOf(value, toText(key));
  const element = value[toNumber(key)];
  return element === undefined ? fail(`index out of range: ${toText(key)}`) : element;
}

function sliceOf(value: TemplateValue, from?: TemplateValue, to?: TemplateValue): TemplateValue {
  if (typeof value !== 'string' && !Array.isArray(value)) return fail(`can't slice ${toText(value)}`);
  return value.slice(from === undefined ? 0 : toNumber(from), to === undefined ? undefined : toNumber(to));
}

function lengthOf(value: TemplateValue): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : fail(`len of ${toText(value)}`);
}

function compare(a: TemplateValue, b: TemplateValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : a > b ? 1 : NaN;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return fail('incompatible types for comparison');
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function fail(reason: string): never {
  throw new TemplateError(reason);
}
