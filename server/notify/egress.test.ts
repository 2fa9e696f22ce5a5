import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { lookupPublic, post, postJson } from './egress.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
}

describe('postJson', () => {
  it('posts JSON to this machine and gives the answer', async () => {
    let seen = '';
    const url = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => (seen += chunk.toString()));
      request.on('end', () => response.writeHead(429, { 'retry-after': '3' }).end('slow down'));
    });
    expect(await postJson(url, { text: 'a' })).toEqual({
      kind: 'answered',
      status: 429,
      body: 'slow down',
      retryAfter: '3',
    });
    expect(seen).toBe('{"text":"a"}');
  });

  it('follows no redirect', async () => {
    let hits = 0;
    const url = await serve((_, response) => {
      hits += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await postJson(url, {})).toMatchObject({ kind: 'answered', status: 307 });
    expect(hits).toBe(1);
  });

  it('reads the start of an endless answer', async () => {
    const url = await serve((_, response) => {
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        response.once('drain', write);
      };
      write();
    });
    const answer = await postJson(url, {});
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect((answer as { body: string }).body).toHaveLength(2_000);
  });

  it.each([
    ['http://example.com/hook', /not https/],
    ['http://10.0.0.1/hook', /not https/],
    ['https://10.0.0.1/hook', /private network/],
    ['https://169.254.169.254/latest/meta-data', /private network/],
    ['https://[::ffff:192.168.0.1]/hook', /private network/],
    ['https://[fd00::1]/hook', /private network/],
    ['ftp://example.com/hook', /not https/],
  ])('refuses %s', async (url, reason) => {
    expect(await postJson(url, {})).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it.each(['http://169.254.169.254/latest', 'http://[fe80::1]/x', 'https://[::ffff:169.254.169.254]/x'])(
    'refuses %s also where private networks are allowed',
    async (url) => {
      expect(await post(url, '', {}, { allowPrivate: true })).toMatchObject({ kind: 'refused' });
    },
  );

  it('judges a name by where it leads', async () => {
    const { promise, resolve } = Promise.withResolvers<Error | null>();
    lookupPublic('localhost', {}, (error) => resolve(error));
    expect((await promise)?.message).toMatch(/^localhost is (127\.0\.0\.1|::1), an address inside a private network/);
  });

  it('says that nobody is there', async () => {
    expect(await postJson('http://127.0.0.1:1/hook', {})).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
