import type { IncomingHttpHeaders } from 'node:http';
import { TIMEOUT_HEADER } from '#services/kit/deadline.ts';
import { IDENTITY_HEADER } from '#services/kit/identity.ts';

export type Headers = Record<string, string | string[]>;

/** RFC 9110 7.6.1; with what only concerns the connection to one neighbour. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Said by us alone: a client must not tell services where it comes from, nor whose it is. */
const OURS = new Set([
  'host',
  'expect',
  'forwarded',
  'x-real-ip',
  'x-request-id',
  'x-client-ip',
  'true-client-ip',
  IDENTITY_HEADER,
  TIMEOUT_HEADER,
]);
/** Written from the span of the call. */
const TRACE_CONTEXT = new Set(['traceparent', 'tracestate']);

export interface Caller {
  remoteAddress: string;
  host: string;
  protocol: string;
  requestId: string;
  correlationId: string;
  /** Is there a span of our own to continue? Otherwise the caller's trace context is passed on. */
  isTraced: boolean;
  /** Signed by us; null where nobody was asked. */
  identity: string | null;
}

/** The headers that a service gets. */
export function toUpstreamHeaders(given: IncomingHttpHeaders, caller: Caller): Headers {
  const headers = withoutHopByHop(given);
  for (const name of Object.keys(headers)) {
    if (OURS.has(name) || name.startsWith('x-forwarded-') || (caller.isTraced && TRACE_CONTEXT.has(name))) {
      delete headers[name];
    }
  }
  headers['x-forwarded-for'] = caller.remoteAddress;
  headers['x-forwarded-host'] = caller.host;
  headers['x-forwarded-proto'] = caller.protocol;
  headers['x-forwarded-prefix'] = '/api';
  headers['x-request-id'] = caller.requestId;
  headers['x-correlation-id'] = caller.correlationId;
  if (caller.identity !== null) headers[IDENTITY_HEADER] = caller.identity;
  return headers;
}

/** Said to clients by us alone: which request this was, who may read the answer; and nobody's business, what a service is made of. */
const OURS_TO_CLIENTS = new Set([
  'x-request-id',
  'x-correlation-id',
  'x-response-time',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'server',
  'x-powered-by',
]);

/** The headers that a client gets; ids and times are ours, not the service's echo of them. */
export function toClientHeaders(given: IncomingHttpHeaders): Headers {
  return withoutHopByHop(given, OURS_TO_CLIENTS);
}

const NONE: ReadonlySet<string> = new Set();

function withoutHopByHop(given: IncomingHttpHeaders, ours = NONE): Headers {
  const named = new Set(
    String(given.connection ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  );
  // A sender that names these as hop-by-hop would cut the message loose from its body.
  named.delete('content-length');
  named.delete('content-type');
  const headers: Headers = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !named.has(name) && !ours.has(name)) headers[name] = value;
  }
  return headers;
}
