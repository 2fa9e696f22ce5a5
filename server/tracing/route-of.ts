import type { IncomingMessage } from 'node:http';
import { wantsPage } from '#server/http/wants-page.ts';

const API = /^\/(?:api\/|federate$)/;
/** Heartbeats, calls that wait for a change, and streams that last as long as a page is open. */
const UNTRACED = /^\/api\/(?:registry\/|trpc\/[^/]*live\.)/;
const ROUTES: [RegExp, string][] = [
  [/^\/api\/trpc\//, '/api/trpc'],
  [/^\/api\/v1\/label\/[^/]+\/values$/, '/api/v1/label/{name}/values'],
  [/^\/api\/v1\/traces\/[^/]+$/, '/api/v1/traces/{traceId}'],
  [/^\/api\/v2\/silence\/[^/]+$/, '/api/v2/silence/{silenceId}'],
];

/** The route of a request, of which there are as few as handlers; null for files and for what machines ask every few seconds. */
export function routeOf(request: Pick<IncomingMessage, 'url' | 'headers'>): string | null {
  const path = pathOf(request);
  if (!API.test(path)) return wantsPage(request) ? path.replace(/^(\/[^/]+)\/.+/, '$1/{path}') : null;
  if (UNTRACED.test(path)) return null;
  return ROUTES.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}

export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  return url.split('?', 1)[0]!;
}
