import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import { refuseCaller } from '#server/receive/refuse-caller.ts';

/** /metrics, /livez and /readyz. Ready is a collector that takes telemetry, whether or not the store is there. */
export function createAdminServer(registry: Registry, isReady: () => boolean): Server {
  return createServer((request, response) => {
    const send = (status: number, body: string, type = 'text/plain; charset=utf-8') =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const refused = refuseCaller(request.headers);
    if (refused) return send(403, `${refused}\n`);
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'Only GET is answered here\n');
    switch ((request.url ?? '/').split('?', 1)[0]) {
      case '/livez':
        return send(200, 'ok\n');
      case '/readyz':
        return isReady() ? send(200, 'ok\n') : send(503, 'stopping\n');
      case '/metrics':
        return void registry.metrics().then(
          (text) => send(200, text, registry.contentType),
          (error: unknown) => send(500, `${String(error)}\n`),
        );
      default:
        return send(404, 'There are /metrics, /livez and /readyz\n');
    }
  });
}
