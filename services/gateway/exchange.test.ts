import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { startTestGateway } from './testing/start-test-gateway.ts';
import { startUpstream } from './testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(variables: Record<string, string>) {
  const upstream = await startUpstream((request, response) => void request.pipe(response));
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, variables);
  stops.push(gateway.stop);
  const url = `${gateway.url}/api/auth/register`;
  const lineOf = (msg: string) =>
    vi.waitFor(() => {
      const line = gateway.lines.find((each) => each.msg === msg);
      if (!line) throw new Error(`there is no line ${msg}`);
      return line;
    }, 20_000);
  return { upstream, url, lineOf };
}

test('bodies that are logged stream as before: the answer begins before the request has ended', async () => {
  const { url, lineOf } = await start({ LOG_BODIES: 'all' });
  const sent = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/octet-stream' } });
  sent.write('first');
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const received: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => received.push(chunk));
  await vi.waitFor(() => expect(Buffer.concat(received).toString()).toBe('first'), 20_000);
  const rest = randomBytes(300_000);
  sent.end(rest);
  await once(answer, 'end');
  expect(Buffer.concat(received).equals(Buffer.concat([Buffer.from('first'), rest]))).toBe(true);
  expect(await lineOf('POST /api/auth/*')).toMatchObject({
    requestBody: '[application/octet-stream, 300005 bytes]',
    responseBody: '[unknown type, 300005 bytes]',
  });
});

test('what failed behind the gateway is told with headers and bodies, masked; what did not is not', async () => {
  const { upstream, url, lineOf } = await start({});
  const register = () =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'sid=abc' },
      body: JSON.stringify({ email: 'ada@mail.example', name: 'Ada', password: 'hunter2' }),
    });
  expect((await register()).status).toBe(200);
  expect(await lineOf('POST /api/auth/*')).not.toHaveProperty('requestBody');
  upstream.answer = (_request, response) => {
    response.writeHead(500, { 'content-type': 'application/problem+json', 'set-cookie': 'sid=abc' });
    response.end('{"detail":"ada@mail.example is broken"}');
  };
  expect((await register()).status).toBe(500);
  const line = await lineOf('POST /api/auth/* failed');
  expect(line).toMatchObject({
    requestHeaders: expect.stringContaining('"cookie":"[masked]"') as string,
    requestBody: '{"email":"[masked]","name":"[masked]","password":"[masked]"}',
    responseHeaders: expect.stringContaining('"set-cookie":"[masked]"') as string,
    responseBody: '{"detail":"[masked] is broken"}',
  });
});
