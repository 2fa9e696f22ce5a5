import type { Labels } from '../labels/labels.ts';
import { parseExpr } from '../parse/parse.ts';
import { selectorsOf } from '../parse/selectors-of.ts';
import { formatFloat } from '../print/format-float.ts';
import { readExemplars } from '../read/read-exemplars.ts';
import type { Endpoint } from './endpoint.ts';
import { invalidParameter, parseTimeMs, TIME_MAX_MS, TIME_MIN_MS, withParameter } from './parse-params.ts';

/** What one answer holds; upstream keeps 100,000 in all. */
const EXEMPLARS_MAX = 10_000;

/** `/api/v1/query_exemplars`: those of all series that the selectors of an expression match. */
export const answerExemplars: Endpoint = async ({ store, experimentalFunctions }, { params, signal }) => {
  const startMs = parseTimeMs(params, 'start', TIME_MIN_MS);
  const endMs = parseTimeMs(params, 'end', TIME_MAX_MS);
  if (endMs < startMs) throw invalidParameter('end', 'end timestamp must not be before start timestamp');
  const expr = withParameter('query', () => parseExpr(params.get('query') ?? '', { experimentalFunctions }));
  const matcherSets = selectorsOf(expr).map(({ matchers }) => matchers);
  const found = await readExemplars(store, { matcherSets, startMs, endMs, limit: EXEMPLARS_MAX, signal });
  const bySeries = new Map<string, { series: Labels; exemplars: object[] }>();
  for (const { series, labels, value, timestampMs } of found.slice(0, EXEMPLARS_MAX).toReversed()) {
    const key = JSON.stringify(series);
    let group = bySeries.get(key);
    if (!group) bySeries.set(key, (group = { series, exemplars: [] }));
    group.exemplars.push({ labels, value: formatFloat(value, 'json'), timestamp: timestampMs / 1000 });
  }
  return {
    data: [...bySeries.values()]
      .toSorted((a, b) => a.series.compare(b.series))
      .map(({ series, exemplars }) => ({ seriesLabels: series, exemplars })),
    ...(found.length > EXEMPLARS_MAX && { warnings: ['results truncated due to limit'] }),
  };
};
