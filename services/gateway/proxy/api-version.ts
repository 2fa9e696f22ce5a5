import type { FastifyReply } from 'fastify';
import { sendProblem } from '../problem.ts';

/** Of the API as the world sees it; `/api` without one is the newest. */
export const API_VERSIONS: readonly string[] = ['v1'];
const NEWEST = `/api/${API_VERSIONS.at(-1)}`;

/** `/api/v1/...` is `/api/...` by another name; the rest of the path is judged as it came. */
export function rewriteVersion(url: string): string {
  if (!url.startsWith(NEWEST)) return url;
  const rest = url.slice(NEWEST.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? `/api${rest}` : url;
}

/** The answer for a path of no service: it may ask for a version that there is not. */
export function sendUnknownPath(reply: FastifyReply, target: string) {
  const version = /^\/api\/(v\d+)(?:[/?]|$)/.exec(target)?.[1];
  if (version === undefined)
    return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: 'No service has this path.' });
  return sendProblem(reply, {
    status: 404,
    code: 'UNKNOWN_API_VERSION',
    detail: `There is no ${version} of this API. It has: ${API_VERSIONS.join(', ')}.`,
    extra: { versions: API_VERSIONS },
  });
}
