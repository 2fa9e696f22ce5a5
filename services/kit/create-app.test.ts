// What a raw connection gets: `fetch` would mend or refuse these requests itself.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp, type AppOptions } from './create-app.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(options: AppOptions = {}) {
  const app = createApp(pino({ level: 'silent' }), options);
  const seen: string[] = [];
  app.all('/*', async ({ method, url, body }) => {
    seen.push(`${method} ${url}`);
    return { body };
  });
  app.get('/broken', async () => {
    throw new Error('a bug');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  stops.push(() => app.close());
  const { port } = app.server.address() as { port: number };
  /** All that comes until the server ends the connection. */
  const send = async (...parts: string[]) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    for (const part of parts) socket.write(part);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { head, status: Number(head.split(' ', 2)[1]), problem: body.startsWith('{') ? JSON.parse(body) : null };
  };
  return { seen, send };
}
const HOST = 'Host: 127.0.0.1\r\n';

describe('a request that two programs could read differently is answered by a problem, and ends the connection', () => {
  it.each([
    [
      'two lengths of different kinds',
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
      '0\r\n\r\nGET /hidden HTTP/1.1\r\n\r\n',
    ],
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 30\r\n', 'abcd'],
    ['a length that is none', 'Content-Length: 4, 30\r\n', 'abcd'],
    ['a folded header', 'X-Long: one\r\n two\r\n', ''],
    ['a space before the colon', 'Transfer-Encoding : chunked\r\n', '0\r\n\r\n'],
    ['chunked not last', 'Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'],
    ['a chunk with a size that is none', 'Transfer-Encoding: chunked\r\n', '0x4\r\nabcd\r\n0\r\n\r\n'],
    ['a bare line feed', 'X-One: 1\nX-Two: 2\r\n', ''],
  ])('%s', async (_name, headers, body) => {
    const { seen, send } = await start();
    const { head, status, problem } = await send(`POST /things HTTP/1.1\r\n${HOST}${headers}\r\n${body}`);
    expect(status).toBe(400);
    expect(head).toMatch(/^connection: close$/im);
    expect(problem).toMatchObject({ status: 400, code: 'BAD_REQUEST', message: expect.any(String) as string });
    expect(seen.filter((line) => line.includes('hidden'))).toEqual([]);
  });
});

it('bounds headers', async () => {
  const { send } = await start();
  const { status, problem } = await send(`GET / HTTP/1.1\r\n${HOST}X-Much: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect([status, problem]).toMatchObject([431, { code: 'HEADERS_TOO_LARGE' }]);
});

it.each([
  ['headers', `GET / HTTP/1.1\r\n${HOST}X-Slow: `],
  ['body', `POST / HTTP/1.1\r\n${HOST}Content-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf`],
])('gives a client that does not send the rest of its %s up', async (_name, half) => {
  const { send } = await start({ slowClients: { headersMs: 100, requestMs: 200, checkEveryMs: 20 } });
  const { status, problem } = await send(half);
  expect([status, problem]).toMatchObject([408, { code: 'REQUEST_TIMEOUT' }]);
});

it('a path that no router reads has its problem, too', async () => {
  const { send } = await start();
  const { status, problem } = await send(`GET /%zz?x=1 HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
  expect([status, problem]).toMatchObject([400, { code: 'BAD_REQUEST', method: 'GET', path: '/%zz' }]);
});

it('says of a bug when, where and under which id, and its stack to those who develop alone', async () => {
  const ask = `GET /broken?secret=1 HTTP/1.1\r\n${HOST}X-Request-Id: request-1\r\nX-Correlation-Id: purchase-1\r\nConnection: close\r\n\r\n`;
  const { problem } = await (await start()).send(ask);
  expect(problem).toMatchObject({
    type: 'about:blank',
    status: 500,
    code: 'INTERNAL',
    method: 'GET',
    path: '/broken',
    requestId: 'request-1',
    correlationId: 'purchase-1',
  });
  expect(problem).not.toHaveProperty('stack');
  const developing = await (await start({ showsStack: true })).send(ask);
  expect(developing.problem).toMatchObject({ stack: expect.stringContaining('a bug') as string });
});
