import { ROUTES, type Route } from './routes.ts';

export type RouteDecision =
  | {
      readonly kind: 'route';
      readonly route: Route;
      /** With the query, without /api. */ readonly upstreamPath: string;
    }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unknown' };

export interface RouteTable {
  readonly routes: readonly Route[];
  /**
   * Decides by the request target as it came over the wire. A path that two programs could read differently
   * is refused and never repaired: what we repair, the service behind might read in another way.
   */
  resolve: (target: string) => RouteDecision;
  /** At once and as a whole; a request that is under way keeps the route that it has. */
  replace: (routes: readonly Route[]) => void;
}

export function createRouteTable(initial: readonly Route[] = ROUTES): RouteTable {
  let bySegment = indexRoutes(initial);
  return {
    get routes() {
      return [...bySegment.values()];
    },
    resolve: (target) => resolveRoute(bySegment, target),
    replace: (routes) => {
      bySegment = indexRoutes(routes);
    },
  };
}

function indexRoutes(routes: readonly Route[]): ReadonlyMap<string, Route> {
  return new Map(routes.map((route) => [route.segment, route]));
}

function resolveRoute(bySegment: ReadonlyMap<string, Route>, target: string): RouteDecision {
  const end = target.indexOf('?');
  const path = end === -1 ? target : target.slice(0, end);
  const fault = findPathFault(path);
  if (fault) return { kind: 'refused', detail: fault };
  const [, api, segment] = path.split('/', 3);
  const route = api === 'api' && segment ? bySegment.get(segment) : undefined;
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
  if (!isDecodable(path)) return 'The path holds percent-encoded bytes that are no UTF-8.';
  if (path.split('/').some(isDotSegment)) return 'The path must not hold "." or ".." segments, encoded or not.';
  return undefined;
}

function isDecodable(path: string): boolean {
  try {
    return !path.includes('%') || decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** Some servers take "..;x" for "..". */
function isDotSegment(segment: string): boolean {
  const [name] = segment.replaceAll(/%2e/gi, '.').replaceAll(/%3b/gi, ';').split(';', 1);
  return name === '.' || name === '..';
}
