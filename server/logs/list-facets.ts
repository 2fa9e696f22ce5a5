import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readLogFacets } from '#server/store/queries/log-facets.ts';
import { readLogFields } from '#server/store/queries/log-fields.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { LogFacet, LogFilter } from './schema.ts';

/** What every fleet sends and people ask for first. */
const FIRST = ['service', 'severity', 'event', 'http.route', 'http.request.method', 'http.response.status_code'];

/** The fields worth choosing from among the matching lines, each with its most frequent values. */
export async function listFacets(
  { store }: Pick<Ctx, 'store'>,
  filter: z.output<typeof LogFilter>,
): Promise<LogFacet[]> {
  checkRange(filter.range);
  const fields = await readLogFields(store, filter);
  const rows = await readLogFacets(store, filter, fields);
  const facets = new Map<string, LogFacet>();
  for (const { field, value, count } of rows) {
    const facet = facets.get(field) ?? { field, values: [] };
    facet.values.push({ value, count });
    facets.set(field, facet);
  }
  return [...facets.values()].toSorted((a, b) => rank(a.field) - rank(b.field) || (a.field < b.field ? -1 : 1));
}

/** By name after the first few, so that nothing moves when traffic does. */
function rank(field: string): number {
  const place = FIRST.indexOf(field);
  return place < 0 ? FIRST.length : place;
}
