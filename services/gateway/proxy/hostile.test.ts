// What reaches a service, and what does not, of requests that `fetch` would not send.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start() {
  const upstream = await startUpstream(async (request, response) => void response.end(await text(request)));
  const gateway = await startTestGateway(upstream.origin, { THROTTLE_LIMIT_SHORT: '1000' });
  stops.push(gateway.stop, upstream.stop);
  const send = async (bytes: string) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(bytes);
    return text(socket);
  };
  const reached = () => upstream.requests.map(({ method, url }) => `${method} ${url}`);
  return { upstream, send, reached };
}
const HOST = 'Host: 127.0.0.1\r\n';

it('refuses a websocket knowingly, and does not pass its handshake on as something else', async () => {
  const { send, reached } = await start();
  const handshake =
    'Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
  const answer = await send(`GET /api/orders HTTP/1.1\r\n${HOST}Connection: Upgrade\r\n${handshake}\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 400 .*WEBSOCKET_REFUSED/s);
  expect(reached()).toEqual([]);
});

it('passes over an upgrade that its client can do without', async () => {
  const { upstream, send, reached } = await start();
  const headers = 'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
  expect(await send(`GET /api/orders HTTP/1.1\r\n${HOST}${headers}\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  expect(reached()).toEqual(['GET /orders']);
  expect(upstream.requests[0]?.headers).not.toHaveProperty('upgrade');
  expect(upstream.requests[0]?.headers).not.toHaveProperty('http2-settings');
});

const HIDDEN = `GET /api/payments/hidden HTTP/1.1\r\n${HOST}\r\n`;
it.each([
  [
    'a length and chunks',
    `Content-Length: ${HIDDEN.length + 5}\r\nTransfer-Encoding: chunked\r\n`,
    `0\r\n\r\n${HIDDEN}`,
  ],
  ['two lengths', `Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n`, HIDDEN],
  ['a folded encoding', `Transfer-Encoding:\r\n chunked\r\nContent-Length: ${HIDDEN.length}\r\n`, HIDDEN],
])('has no request hidden in another: %s', async (_name, headers, body) => {
  const { send, reached } = await start();
  expect(await send(`POST /api/orders HTTP/1.1\r\n${HOST}${headers}\r\n${body}`)).toMatch(/^HTTP\/1.1 400 /);
  expect(reached().filter((line) => line.includes('hidden'))).toEqual([]);
});

it('a body is as long as the gateway read it, whatever the client calls hop-by-hop', async () => {
  const { upstream, send, reached } = await start();
  const headers = `Connection: close, Content-Length\r\nContent-Length: ${HIDDEN.length}\r\n`;
  expect(await send(`POST /api/orders HTTP/1.1\r\n${HOST}${headers}\r\n${HIDDEN}`)).toContain(HIDDEN.trimEnd());
  expect(reached()).toEqual(['POST /orders']);
  expect(upstream.requests[0]?.headers['content-length']).toBe(String(HIDDEN.length));
});
