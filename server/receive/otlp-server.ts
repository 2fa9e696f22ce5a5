import { SpanKind } from '@opentelemetry/api';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '#server/log.ts';
import { inSpan } from '#server/tracing/in-span.ts';
import { HttpRefusal } from './answer.ts';
import { pathOf, type Door, type DoorName } from './door.ts';
import { InFlight, Turnstile } from './in-flight.ts';
import { otlpDoor, refuseOtlp } from './otlp-door.ts';
import { readBody } from './read-body.ts';
import { loopbackOrigin, refuseCaller } from './refuse-caller.ts';
import { Senders } from './senders.ts';
import type { Signal } from './signal.ts';
import { toRefusal } from './to-refusal.ts';

export interface OtlpServerOptions {
  signals: readonly Signal[];
  /** What else comes in at the same port. */
  doors?: readonly Door[];
  log: Log;
  /** `sender` is who, from what the connection carried before. */
  onAnswered?: (door: DoorName | 'other', status: number, seconds: number, sender: string) => void;
  /** A client that takes longer to send its request is cut off. */
  requestTimeoutMs?: number;
  /** Shared with other servers of the same process. */
  inFlight?: InFlight;
  turnstile?: Turnstile;
  senders?: Senders;
}

/** OTLP over HTTP and what else is sent there, answered when the items are on the disk. */
export function createOtlpServer(options: OtlpServerOptions): Server {
  const {
    signals,
    doors = [],
    log,
    onAnswered,
    requestTimeoutMs = 30_000,
    inFlight = new InFlight(),
    turnstile = new Turnstile(),
    senders = new Senders(),
  } = options;
  const byPath = new Map([...signals.map(otlpDoor), ...doors].map((door) => [door.path, door]));
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(10_000, requestTimeoutMs),
      // Longer than exporters pause between two batches.
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
    },
    (request, response) => {
      const started = performance.now();
      // Asked later, a closed socket does not know any more.
      const peer = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
      const door = byPath.get(pathOf(request));
      response.once('close', () =>
        onAnswered?.(
          door?.name ?? 'other',
          response.statusCode,
          (performance.now() - started) / 1000,
          senders.of(peer),
        ),
      );
      const serving = { door, inFlight, turnstile, senders, peer, log };
      inSpan(`POST ${door?.path ?? 'elsewhere'}`, { kind: SpanKind.SERVER, root: true }, async (span) => {
        await serve(request, response, serving);
        span.setAttributes({ 'http.response.status_code': response.statusCode, 'switchyard.source': senders.of(peer) });
      }).catch((error: unknown) => {
        log.error({ err: error }, 'answering a sender failed');
        response.destroy();
      });
    },
  );
  server.maxConnections = 2_000;
  return server;
}

interface Serving {
  door: Door | undefined;
  inFlight: InFlight;
  turnstile: Turnstile;
  senders: Senders;
  peer: string;
  log: Log;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { door, inFlight, turnstile, senders, peer, log }: Serving,
): Promise<void> {
  const sender = senders.of(peer);
  const held = inFlight.hold(sender);
  try {
    allowOrigin(request, response);
    if (answerPreflight(request, response)) return;
    const target = checkRequest(request, door);
    const body = await readBody(request, held);
    const decoded = await turnstile.run(() => target.decode(request, body, held), sender);
    senders.learn(peer, decoded.source);
    const answer = await decoded.keep();
    answer(response);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    const refusal = toRefusal(error, log);
    if (!request.complete) dropRest(request);
    (door?.refuse ?? refuseOtlp)(request, response, refusal);
  } finally {
    held.release();
  }
}

function checkRequest(request: IncomingMessage, door: Door | undefined): Door {
  const refused = refuseCaller(request.headers);
  if (refused) throw new HttpRefusal(403, refused);
  if (!door) {
    throw new HttpRefusal(404, `There is nothing at ${pathOf(request)}: send to /v1/traces, /v1/metrics or /v1/logs`);
  }
  if (request.method !== 'POST') {
    throw new HttpRefusal(405, `${pathOf(request)} takes POST, not ${request.method}`, { allow: 'POST, OPTIONS' });
  }
  door.check(request);
  return door;
}

function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const origin = loopbackOrigin(request.headers);
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'origin');
}

function answerPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'OPTIONS' || loopbackOrigin(request.headers) === undefined) return false;
  if (refuseCaller(request.headers)) return false;
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? 'content-type',
  );
  response.setHeader('access-control-max-age', '7200');
  response.writeHead(204).end();
  return true;
}

/**
 * The rest of a refused body is thrown away for a moment, so that the sender sees the answer instead of a reset; a sender
 * that has not finished by then is cut off.
 */
function dropRest(request: IncomingMessage): void {
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('end', () => clearTimeout(timer));
}

const LINGER_MS = 3_000;
