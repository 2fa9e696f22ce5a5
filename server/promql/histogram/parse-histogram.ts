import { bucketsOf, CUSTOM_SCHEMA, type Histogram, type ResetHint } from './histogram.ts';

const HINTS: Readonly<Record<string, ResetHint>> = {
  unknown: 'unknown',
  reset: 'reset',
  not_reset: 'steady',
  gauge: 'gauge',
};

/**
 * A histogram in the notation of Prometheus's tests: `{{schema:1 count:3 sum:5 z_bucket:1 z_bucket_w:0.01 offset:-1 buckets:[1 1]}}`.
 * Throws an Error that says what is wrong.
 */
export function parseHistogram(text: string): Histogram {
  const inner = /^\{\{(.*)\}\}$/.exec(text)?.[1];
  if (inner === undefined) throw new Error('a histogram stands in {{ and }}');
  const fields = new Map<string, string>();
  for (const part of inner.match(/[^\s:]+:(?:\[[^\]]*\]|[^\s[\]]+)|\S+/g) ?? []) {
    const [, key, value] = /^(\w+):(.+)$/.exec(part) ?? [];
    if (key === undefined || !FIELDS.has(key)) throw new Error(`${JSON.stringify(part)} is no field of a histogram`);
    if (fields.has(key)) throw new Error(`${key} is given twice`);
    fields.set(key, value!);
  }
  const number = (key: string, otherwise = 0) => (fields.has(key) ? toNumber(fields.get(key)!) : otherwise);
  const list = (key: string) => (fields.get(key) ?? '[]').slice(1, -1).split(/\s+/).filter(Boolean).map(toNumber);
  const side = (counts: string, offset: string) =>
    bucketsOf(list(counts).map((count, place) => [number(offset) + place, count] as const));
  const hint = HINTS[fields.get('counter_reset_hint') ?? 'unknown'];
  if (!hint) throw new Error(`counter_reset_hint is one of ${Object.keys(HINTS).join(', ')}`);
  const schema = number('schema');
  return {
    schema,
    hint,
    zeroThreshold: number('z_bucket_w'),
    zeroCount: number('z_bucket'),
    count: number('count'),
    sum: number('sum'),
    positive: side('buckets', 'offset'),
    negative: side('n_buckets', 'n_offset'),
    bounds: schema === CUSTOM_SCHEMA ? Float64Array.from(list('custom_values')) : undefined,
  };
}

const FIELDS = new Set(
  'schema sum count z_bucket z_bucket_w buckets offset n_buckets n_offset counter_reset_hint custom_values'.split(' '),
);

function toNumber(text: string): number {
  const value = /^[-+]?inf$/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  if (Number.isNaN(value) && !/^nan$/i.test(text)) throw new Error(`${JSON.stringify(text)} is no number`);
  return value;
}
