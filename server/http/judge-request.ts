// There is no login yet, so whoever reaches the console may operate it. What keeps web pages elsewhere out is judged here, before
// anything else sees a request: DNS rebinding shows itself by its Host, a foreign page by Origin or Sec-Fetch-Site, and a
// form by its content type.
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from './is-loopback.ts';
import { isForSharedPage } from './judge-shared.ts';

export interface Judged {
  method: string;
  /** Without the query. */
  path: string;
  headers: IncomingHttpHeaders;
}

export interface Refusal {
  status: 403 | 404 | 415 | 421;
  reason: string;
}

/**
 * Why a request is not served, or null. Beside this machine's loopback names, `publicUrl` is the one address that may be asked for
 * everything, and `shareUrl` one that may be asked for shared pages.
 */
export function judgeRequest(
  { method, path, headers }: Judged,
  publicUrl: URL,
  shareUrl: URL | null = null,
): Refusal | null {
  const { host = '', origin } = headers;
  if (shareUrl && host.toLowerCase() === shareUrl.host)
    return isForSharedPage(method, path) ? null : { status: 404, reason: 'There are only shared pages here.' };
  if (!isLoopback(host) && host.toLowerCase() !== publicUrl.host)
    return {
      status: 421,
      reason: `The console does not answer to the host ${JSON.stringify(host)}. Use ${publicUrl.origin}, or set PUBLIC_URL to the address that people use.`,
    };
  if (origin !== undefined && origin !== publicUrl.origin && !isOriginOf(origin, host))
    return { status: 403, reason: `Pages of the origin ${JSON.stringify(origin)} may not use the console.` };
  if (!isFromOurPages(headers) && !isNavigation(method, path, headers))
    return { status: 403, reason: 'Pages of other sites may link to the console, not use it.' };
  // A form cannot send DELETE, and a script of another site that does carries the origin that is refused above.
  const bodyless = method === 'GET' || method === 'HEAD' || method === 'DELETE';
  if (!bodyless && !isJson(headers) && !isProgramsForm(path, headers) && !isRemoteRead(path, headers))
    return { status: 415, reason: 'Send application/json: forms are not accepted.' };
  return null;
}

function isOriginOf(origin: string, host: string): boolean {
  return [`http://${host}`, `https://${host}`].includes(origin);
}

/** Programs do not send the header; browsers do, and `none` is what was typed or bookmarked. */
function isFromOurPages({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  return site === undefined || site === 'none' || site === 'same-origin';
}

/** Following a link, as from a Slack message: it shows a page to the person and tells the other site nothing. */
function isNavigation(method: string, path: string, headers: IncomingHttpHeaders): boolean {
  const isDocument = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return method === 'GET' && isDocument && !path.startsWith('/api/');
}

/** No form can send this type, and no script of another site without being asked first whether it may. */
function isRemoteRead(path: string, headers: IncomingHttpHeaders): boolean {
  return path === '/api/v1/read' && /^application\/x-protobuf\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/** Prometheus's clients post long queries as forms; a page's form would say where it comes from. */
function isProgramsForm(path: string, { origin, 'sec-fetch-site': site, ...headers }: IncomingHttpHeaders): boolean {
  if (!path.startsWith('/api/v1/') || origin !== undefined || site !== undefined) return false;
  return /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}
