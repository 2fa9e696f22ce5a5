export const SHOWS = ['graph', 'table', 'off'] as const;
/** How the answer of a query is shown; `off` is a query that is kept but not asked. */
export type Show = (typeof SHOWS)[number];

export interface MetricQuery {
  expr: string;
  show: Show;
  /** Names of the series that the legend has switched off. */
  hidden: readonly string[];
  /** Whether its exemplars are shown. */
  exemplars: boolean;
}

/** As the address has it: lists side by side, so that it stays readable. */
export interface MetricParams {
  q: string[];
  show: Show[];
  /** `<place of the query>~<name of the series>` */
  hide: string[];
  /** Places of queries whose exemplars are shown. */
  exemplars: number[];
}

/** More at once would be slow to ask and slower to read. */
export const QUERIES_MAX = 8;
const NEW: MetricQuery = { expr: '', show: 'graph', hidden: [], exemplars: false };

/** The queries of the page; there is always one to write into. */
export function readQueries({ q, show, hide, exemplars }: MetricParams): MetricQuery[] {
  if (q.length === 0) return [NEW];
  return q.slice(0, QUERIES_MAX).map((expr, place) => {
    const prefix = `${place}~`;
    const hidden = hide.filter((entry) => entry.startsWith(prefix)).map((entry) => entry.slice(prefix.length));
    return { expr, show: show[place] ?? 'graph', hidden, exemplars: exemplars.includes(place) };
  });
}

/** The reverse of `readQueries`; null is what needs no place in the address. */
export function writeQueries(queries: readonly MetricQuery[]): { [K in keyof MetricParams]: MetricParams[K] | null } {
  const hide = queries.flatMap(({ hidden }, place) => hidden.map((name) => `${place}~${name}`));
  const exemplars = queries.flatMap((query, place) => (query.exemplars ? [place] : []));
  const plain = queries.every(({ show }) => show === 'graph');
  const bare = plain && queries.every(({ expr }) => expr === '') && queries.length < 2;
  return {
    q: bare ? null : queries.map(({ expr }) => expr),
    show: plain ? null : queries.map(({ show }) => show),
    hide: hide.length === 0 ? null : hide,
    exemplars: exemplars.length === 0 ? null : exemplars,
  };
}

export function changeQuery(queries: readonly MetricQuery[], place: number, change: Partial<MetricQuery>) {
  return queries.map((query, at) => {
    if (at !== place) return query;
    // The names that were hidden belong to another answer.
    const hidden = change.expr !== undefined && change.expr !== query.expr ? [] : query.hidden;
    return { ...query, hidden, ...change };
  });
}

export function removeQuery(queries: readonly MetricQuery[], place: number): MetricQuery[] {
  return queries.filter((_, at) => at !== place);
}

/** Puts an expression where there is room: into an empty query, else into a new one; with no room left, into the last. */
export function addQuery(queries: readonly MetricQuery[], expr: string): MetricQuery[] {
  const free = expr === '' ? -1 : queries.findIndex((query) => query.expr === '');
  if (free !== -1) return changeQuery(queries, free, { expr, show: 'graph' });
  if (queries.length >= QUERIES_MAX) return changeQuery(queries, queries.length - 1, { expr, show: 'graph' });
  return [...queries, { ...NEW, expr }];
}

/** A, B, C: what a query is called on the page. */
export function queryLetter(place: number): string {
  return String.fromCharCode(65 + place);
}
