import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { sendProblem } from '../problem.ts';

/** Other upgrades (h2c) may be passed over: who asks for them goes on without. */
export function isWebsocket({ upgrade }: IncomingHttpHeaders): boolean {
  return upgrade !== undefined && /(?:^|[\s,])websocket(?:[\s,/]|$)/i.test(upgrade);
}

/** Passed on without its upgrade a handshake would be some other request, and its client would wait for another protocol. */
export function sendWebsocketRefused(reply: FastifyReply) {
  return sendProblem(reply.header('connection', 'close'), {
    status: 400,
    code: 'WEBSOCKET_REFUSED',
    detail: 'The gateway passes no websockets on: ask by plain HTTP requests.',
  });
}
