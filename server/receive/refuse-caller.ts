import type { IncomingHttpHeaders } from 'node:http';

/**
 * Why a caller is not served. There is no login, so only programs and pages of this machine may send: a page elsewhere
 * shows itself by its Origin, or by a Host that it made resolve to this machine (DNS rebinding).
 */
export function refuseCaller(headers: IncomingHttpHeaders): string | undefined {
  const host = headers.host ?? '';
  if (!isLoopback(host)) return `Only this machine's loopback names are answered, not the host ${JSON.stringify(host)}`;
  if (headers.origin !== undefined && loopbackOrigin(headers) === undefined) {
    return `Pages of the origin ${JSON.stringify(headers.origin)} may not send here`;
  }
  return undefined;
}

/** The origin of a page served by this machine, which may read the answer. */
export function loopbackOrigin({ origin }: IncomingHttpHeaders): string | undefined {
  const [, authority] = /^https?:\/\/([^/]+)$/.exec(origin ?? '') ?? [];
  return authority !== undefined && isLoopback(authority) ? origin : undefined;
}

function isLoopback(authority: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(authority);
}
