import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from '../proxy/routes.ts';
import { durationMs, readDirectives } from './cache-control.ts';

export type Directives = ReadonlyMap<string, string>;

/** Why an answer must not be kept for others (RFC 9111 3), in a few words; null when it may be. */
export function whyNotKept(request: IncomingHttpHeaders, answer: IncomingHttpHeaders, route: Route): string | null {
  const directives = readDirectives(answer['cache-control']);
  if (directives.has('no-store')) return 'no-store';
  // Also one that names fields: whoever says so thinks of one client.
  if (directives.has('private')) return 'private';
  if (answer['set-cookie']) return 'set-cookie';
  if (String(answer.vary ?? '').includes('*')) return 'vary: *';
  if (namesItsClient(request) && !directives.has('public')) return 'not public';
  const { freshMs, staleIfErrorMs } = lifetimeOf(answer, directives, route);
  const isOfUse = freshMs + staleIfErrorMs > 0 || 'etag' in answer || 'last-modified' in answer;
  return isOfUse ? null : 'stale at once';
}

/** Does a request say who asks? What it is answered is that client's alone, unless the service says that it is public. */
export function namesItsClient(request: IncomingHttpHeaders): boolean {
  return request.authorization !== undefined || request.cookie !== undefined;
}

export interface Lifetime {
  freshMs: number;
  /** How long after that it may stand in for an answer that could not be had. */
  staleIfErrorMs: number;
}

/** How long an answer may be given again: as it says itself (RFC 9111 4.2.1, RFC 5861), else as its route does. */
export function lifetimeOf(headers: IncomingHttpHeaders, directives: Directives, route: Route): Lifetime {
  if (directives.has('no-cache')) return { freshMs: 0, staleIfErrorMs: 0 };
  const freshMs =
    durationMs(directives, 's-maxage') ??
    durationMs(directives, 'max-age') ??
    untilExpiry(headers) ??
    // HTTP/1.0's way to say no-cache.
    (!headers['cache-control'] && /no-cache/i.test(headers.pragma ?? '') ? 0 : route.cacheTtlMs);
  // A shared cache takes s-maxage for proxy-revalidate.
  const isStrict = ['must-revalidate', 'proxy-revalidate', 's-maxage'].some((name) => directives.has(name));
  return { freshMs, staleIfErrorMs: isStrict ? 0 : (durationMs(directives, 'stale-if-error') ?? route.staleIfErrorMs) };
}

/** What a request asks of an answer's age (RFC 9111 5.2.1): is one of `ageMs` new enough for it? */
export function isFreshEnough(request: IncomingHttpHeaders, ageMs: number, freshMs: number): boolean {
  const asked = readDirectives(request['cache-control']);
  if (asked.has('no-cache') || (!request['cache-control'] && /no-cache/i.test(request.pragma ?? ''))) return false;
  const ageMaxMs = durationMs(asked, 'max-age') ?? Infinity;
  const freshMinMs = durationMs(asked, 'min-fresh') ?? 0;
  return ageMs < freshMs && ageMs <= ageMaxMs && freshMs - ageMs >= freshMinMs;
}

function untilExpiry({ expires, date }: IncomingHttpHeaders): number | undefined {
  if (expires === undefined) return undefined;
  const leftMs = Date.parse(expires) - Date.parse(date ?? '');
  // "0" is what people write for the past.
  return Number.isFinite(leftMs) ? Math.max(0, leftMs) : 0;
}
