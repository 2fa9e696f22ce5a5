export const UPSTREAMS = ['auth', 'catalog', 'inventory', 'orders', 'payments', 'shipping'] as const;
export type Upstream = (typeof UPSTREAMS)[number];

export interface Route {
  /** First segment below /api; it stays in the path that the service sees. */
  segment: string;
  upstream: Upstream;
  /** The value of http.route: one for all paths of a service, so that it names few series. */
  httpRoute: string;
  /** True where the service does what a key names once, however often it is asked; elsewhere a key promises nothing. */
  honoursIdempotencyKey: boolean;
}

const HONOUR_KEYS: ReadonlySet<Upstream> = new Set(['orders', 'payments']);

export const ROUTES: readonly Route[] = (
  [
    ['auth', 'auth'],
    ['products', 'catalog'],
    ['inventory', 'inventory'],
    ['orders', 'orders'],
    ['payments', 'payments'],
    ['shipments', 'shipping'],
  ] as const
).map(([segment, upstream]) => ({
  segment,
  upstream,
  httpRoute: `/api/${segment}/*`,
  honoursIdempotencyKey: HONOUR_KEYS.has(upstream),
}));

export type RouteDecision =
  | {
      readonly kind: 'route';
      readonly route: Route;
      /** With the query, without /api. */ readonly upstreamPath: string;
    }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unknown' };

const BY_SEGMENT = new Map(ROUTES.map((route) => [route.segment, route]));

/**
 * Decides by the request target as it came over the wire. A path that two programs could read differently
 * is refused and never repaired: what we repair, the service behind might read in another way.
 */
export function resolveRoute(target: string): RouteDecision {
  const end = target.indexOf('?');
  const path = end === -1 ? target : target.slice(0, end);
  const fault = findPathFault(path);
  if (fault) return { kind: 'refused', detail: fault };
  const [, api, segment] = path.split('/', 3);
  const route = api === 'api' && segment ? BY_SEGMENT.get(segment) : undefined;
  return route ? { kind: 'route', route, upstreamPath: target.slice('/api'.length) } : { kind: 'unknown' };
}

function findPathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'The request target must be a path that begins with "/".';
  if (path.includes('//')) return 'The path must not contain "//".';
  // Node's parser lets "#", "\" and bytes above 0x7e through.
  if (!/^[\w\-.~!$&'()*+,;=:@%/]*$/.test(path)) return 'The path holds a character that must be percent-encoded.';
  if (/%(?![0-9a-f]{2})/i.test(path)) return 'The path holds a "%" that is not followed by two hex digits.';
  if (/%(?:2f|5c|00|0a|0d)/i.test(path)) return 'The path must not hold an encoded "/", "\\", line end or zero byte.';
  // %25 is "%": a second decoding would make of it one of the above, or a dot.
  if (/%25(?:2f|5c|2e|25)/i.test(path)) return 'The path must not be encoded twice.';
  if (path.split('/').some(isDotSegment)) return 'The path must not hold "." or ".." segments, encoded or not.';
  return undefined;
}

/** Some servers take "..;x" for "..". */
function isDotSegment(segment: string): boolean {
  const [name] = segment.replaceAll(/%2e/gi, '.').replaceAll(/%3b/gi, ';').split(';', 1);
  return name === '.' || name === '..';
}
