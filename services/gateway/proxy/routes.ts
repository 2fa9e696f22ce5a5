export const UPSTREAMS = ['auth', 'catalog', 'inventory', 'orders', 'payments', 'shipping', 'notifications'] as const;
export type Upstream = (typeof UPSTREAMS)[number];

export interface Route {
  /** First segment below /api; it stays in the path that the service sees. */
  segment: string;
  upstream: Upstream;
  /** The value of http.route: one for all paths of a service, so that it names few series. */
  httpRoute: string;
  /** True where the service does what a key names once, however often it is asked; elsewhere a key promises nothing. */
  honoursIdempotencyKey: boolean;
  /** How long an answer that says nothing of it may be given again; 0 is never, whatever answers say. */
  cacheTtlMs: number;
  /** How long after that it may stand in for one that cannot be had. */
  staleIfErrorMs: number;
  /** Who lets nobody in, and why; null where everybody is. */
  switchedOff: SwitchedOff | null;
}

export interface SwitchedOff {
  by: string;
  reason: string;
  sinceMs: number;
}

const HONOUR_KEYS: ReadonlySet<Upstream> = new Set(['orders', 'payments']);

/** What anybody is shown, and shown again: the shop window stays lit while the shop is closed. */
const CACHED: Partial<Record<Upstream, Pick<Route, 'cacheTtlMs' | 'staleIfErrorMs'>>> = {
  catalog: { cacheTtlMs: 5_000, staleIfErrorMs: 300_000 },
};

/** As the code says; what is in force is in the table of routes. */
export const ROUTES: readonly Route[] = (
  [
    ['auth', 'auth'],
    ['products', 'catalog'],
    ['inventory', 'inventory'],
    ['orders', 'orders'],
    ['payments', 'payments'],
    ['shipments', 'shipping'],
    ['notifications', 'notifications'],
  ] as const
).map(([segment, upstream]) => ({
  segment,
  upstream,
  httpRoute: `/api/${segment}/*`,
  honoursIdempotencyKey: honoursKeys(upstream),
  cacheTtlMs: 0,
  staleIfErrorMs: 0,
  ...CACHED[upstream],
  switchedOff: null,
}));

function honoursKeys(upstream: Upstream): boolean {
  return HONOUR_KEYS.has(upstream);
}

/** The same route to another service. */
export function pointRoute(route: Route, upstream: Upstream): Route {
  return { ...route, upstream, honoursIdempotencyKey: honoursKeys(upstream) };
}
