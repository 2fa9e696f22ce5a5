import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const METHODS_WITHOUT_EFFECT = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Why a request must not be served, or null. A name that an attacker rebound to this machine shows in Host. */
export function refuseForeignHost(headers: IncomingHttpHeaders): string | null {
  if (LOOPBACK.test(headers.host ?? '')) return null;
  return 'Only requests to a loopback name are answered here: use 127.0.0.1 or localhost.';
}

/** For doors that change how a process behaves: no page of another origin, and no form, may knock. */
export function refuseForeignPage(method: string, headers: IncomingHttpHeaders, hasBody: boolean): string | null {
  const { origin, host } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return `Pages of ${origin} may not use this port.`;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'Pages of other sites may not use this port.';
  if (METHODS_WITHOUT_EFFECT.has(method) || !hasBody) return null;
  if (/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return null;
  return 'Send the body as application/json.';
}
