import { describe, expect, it } from 'vitest';
import { toClientHeaders, toUpstreamHeaders } from './headers.ts';

const CALLER = {
  remoteAddress: '127.0.0.9',
  host: 'localhost:4000',
  protocol: 'http',
  requestId: 'id-12345',
  correlationId: 'whole-undertaking',
  isTraced: true,
  identity: null,
};
const OURS = {
  'x-forwarded-for': '127.0.0.9',
  'x-forwarded-host': 'localhost:4000',
  'x-forwarded-proto': 'http',
  'x-forwarded-prefix': '/api',
  'x-request-id': 'id-12345',
  'x-correlation-id': 'whole-undertaking',
};

describe('toUpstreamHeaders', () => {
  it('believes no client about where it comes from', () => {
    const spoofed = {
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-user': 'root',
      forwarded: 'for=10.0.0.1',
      'x-real-ip': '10.0.0.1',
      'x-request-id': 'spoofed',
      host: 'evil.example',
    };
    expect(toUpstreamHeaders(spoofed, CALLER)).toEqual(OURS);
  });

  it('believes no client about whose it is', () => {
    const spoofed = { 'x-gateway-identity': 'forged' };
    expect(toUpstreamHeaders(spoofed, CALLER)).toEqual(OURS);
    const signed = toUpstreamHeaders(spoofed, { ...CALLER, identity: 'signed' });
    expect(signed).toEqual({ ...OURS, 'x-gateway-identity': 'signed' });
  });

  it('drops what concerns one hop, and what Connection names', () => {
    const given = {
      connection: 'keep-alive, X-Secret , content-length',
      'x-secret': '1',
      'keep-alive': 'timeout=5',
      te: 'trailers',
      'transfer-encoding': 'chunked',
      upgrade: 'websocket',
      expect: '100-continue',
      'content-length': '2',
      accept: 'text/plain',
    };
    expect(toUpstreamHeaders(given, CALLER)).toEqual({ ...OURS, 'content-length': '2', accept: 'text/plain' });
  });

  it("passes the caller's trace on only when there is no span of our own", () => {
    const given = { traceparent: '00-1', tracestate: 'a=b', baggage: 'k=v' };
    expect(toUpstreamHeaders(given, CALLER)).toEqual({ ...OURS, baggage: 'k=v' });
    expect(toUpstreamHeaders(given, { ...CALLER, isTraced: false })).toEqual({ ...OURS, ...given });
  });
});

it('gives the client every cookie and no hop-by-hop header', () => {
  const given = {
    'set-cookie': ['a=1', 'b=2'],
    connection: 'close',
    'transfer-encoding': 'chunked',
    'x-request-id': 'x',
  };
  expect(toClientHeaders(given)).toEqual({ 'set-cookie': ['a=1', 'b=2'] });
});
