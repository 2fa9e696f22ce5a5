import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnyRouter, inferRouterContext } from '@trpc/server';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';

export const API_PATH = '/api/trpc/';
/** Inputs are filters and names. */
const BODY_BYTES_MAX = 256 * 1024;

/** Answers tRPC calls: batches of queries, mutations, and subscriptions as server-sent events. */
export function serveApi<Router extends AnyRouter>(router: Router, context: inferRouterContext<Router>) {
  return (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    response.setHeader('cache-control', 'no-store');
    return nodeHTTPRequestHandler<Router, IncomingMessage, ServerResponse>({
      router,
      req: request,
      res: response,
      path: path.slice(API_PATH.length),
      maxBodySize: BODY_BYTES_MAX,
      createContext: async () => context,
    });
  };
}
