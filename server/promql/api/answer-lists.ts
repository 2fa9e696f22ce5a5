import { PromqlError } from '../promql-error.ts';
import { listMetadata } from '../read/list-metadata.ts';
import { listLabelNames, listLabelValues, listSeries, type Listing } from '../read/list-series.ts';
import type { ApiRequest, Endpoint } from './endpoint.ts';
import { invalidParameter, parseLimit, parseSelectors, parseTimeMs, TIME_MAX_MS, TIME_MIN_MS } from './parse-params.ts';
import type { ApiAnswer } from './send-answer.ts';

/** What one list may hold, whatever is asked for. */
const LIST_MAX = 100_000;

/** `/api/v1/series` */
export const answerSeries: Endpoint = async ({ store }, request) => {
  if (request.params.getAll('match[]').length === 0) throw new PromqlError('bad_data', 'no match[] parameter provided');
  const listing = toListing(request);
  return cut(await listSeries(store, listing), listing);
};

/** `/api/v1/labels` */
export const answerLabels: Endpoint = async ({ store }, request) => {
  const listing = toListing(request);
  return cut(await listLabelNames(store, listing), listing);
};

/** `/api/v1/label/<name>/values` */
export const answerLabelValues: Endpoint = async ({ store }, request) => {
  const name = unescapeName(request.label);
  if (name === '') throw new PromqlError('bad_data', `invalid label name: ${JSON.stringify(name)}`);
  const listing = toListing(request);
  return cut(await listLabelValues(store, name, listing), listing);
};

/** `/api/v1/metadata` */
export const answerMetadata: Endpoint = async ({ store, now }, { params }) => {
  const limit = numberParam(params, 'limit');
  const perMetric = numberParam(params, 'limit_per_metric');
  const rows = await listMetadata(store, now().getTime(), params.get('metric') || undefined);
  const data: Record<string, { type: string; help: string; unit: string }[]> = {};
  for (const { metric, type, help, unit } of rows) {
    if (!data[metric] && Object.keys(data).length >= limit) continue;
    const known = (data[metric] ??= []);
    if (known.length < perMetric) known.push({ type, help, unit });
  }
  return { data };
};

function toListing({ params, signal }: ApiRequest): Listing {
  const startMs = parseTimeMs(params, 'start', TIME_MIN_MS);
  const endMs = parseTimeMs(params, 'end', TIME_MAX_MS);
  if (endMs < startMs) throw invalidParameter('end', 'end timestamp must not be before start timestamp');
  const matcherSets = parseSelectors(params);
  return { matcherSets, startMs, limit: Math.min(parseLimit(params) ?? LIST_MAX, LIST_MAX), signal };
}

function cut(found: unknown[], { limit }: Listing): ApiAnswer {
  if (found.length <= limit) return { data: found };
  return { data: found.slice(0, limit), warnings: ['results truncated due to limit'] };
}

function numberParam(params: URLSearchParams, name: string): number {
  const text = params.get(name) ?? '';
  if (text === '') return Infinity;
  if (!/^-?\d+$/.test(text)) throw new PromqlError('bad_data', `${name} must be a number`);
  const number = Number(text);
  return number < 0 || (number === 0 && name === 'limit_per_metric') ? Infinity : number;
}

/** Names that URLs cannot carry come as `U__`, with `_2e_` for a dot and `__` for an underscore. */
function unescapeName(name: string): string {
  if (!name.startsWith('U__')) return name;
  return name
    .slice(3)
    .replace(/__|_([0-9a-fA-F]{1,6})_/g, (_whole, hex?: string) =>
      hex ? String.fromCodePoint(parseInt(hex, 16)) : '_',
    );
}
