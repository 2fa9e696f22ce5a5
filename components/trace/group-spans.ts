import type { SpanRow } from './order-spans.ts';

/** All spans of one operation of a service. */
export interface SpanGroup {
  service: string;
  operation: string;
  spans: number;
  errors: number;
  totalUs: number;
  selfUs: number;
  longestUs: number;
}

export const GROUP_SORTS = ['self', 'total', 'longest', 'spans', 'errors'] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

const VALUE: Record<GroupSort, (group: SpanGroup) => number> = {
  self: ({ selfUs }) => selfUs,
  total: ({ totalUs }) => totalUs,
  longest: ({ longestUs }) => longestUs,
  spans: ({ spans }) => spans,
  errors: ({ errors }) => errors,
};

/** The spans by service and operation, the largest by `sort` first. */
export function groupSpans(rows: readonly SpanRow[], selfUs: readonly number[], sort: GroupSort): SpanGroup[] {
  const groups = new Map<string, SpanGroup>();
  for (const [index, { span }] of rows.entries()) {
    const { service, operation } = span;
    const key = `${service}\n${operation}`;
    const group = groups.get(key) ?? { service, operation, spans: 0, errors: 0, totalUs: 0, selfUs: 0, longestUs: 0 };
    groups.set(key, group);
    group.spans += 1;
    group.errors += span.status === 'error' ? 1 : 0;
    group.totalUs += span.durationUs;
    group.selfUs += selfUs[index] ?? 0;
    group.longestUs = Math.max(group.longestUs, span.durationUs);
  }
  return [...groups.values()].toSorted((a, b) => VALUE[sort](b) - VALUE[sort](a) || b.selfUs - a.selfUs);
}
