import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

it('an upload in parts reaches the service as it comes, byte for byte', async () => {
  const upstream = await startUpstream();
  const gateway = await startTestGateway(upstream.origin, { GATEWAY_UPLOAD_TIMEOUT_MS: '60000' });
  stops.push(gateway.stop, upstream.stop);
  const form = new FormData();
  form.set('note', 'ground fine');
  form.set(
    'photo',
    new Blob([
      Buffer.alloc(
        300_000,
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
      ),
    ]),
    'cup.png',
  );
  const upload = new Request('http://unused', { method: 'POST', body: form });
  const type = upload.headers.get('content-type')!;
  const sent = Buffer.from(await upload.arrayBuffer());

  const arrived = Promise.withResolvers<void>();
  let received: Buffer | undefined;
  upstream.answer = async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      arrived.resolve();
    });
    await once(request, 'end');
    received = Buffer.concat(chunks);
    response.writeHead(201).end();
  };
  const headers = { 'content-type': type, 'content-length': sent.length };
  const request = httpRequest(`${gateway.url}/api/orders`, { method: 'POST', headers });
  request.write(sent.subarray(0, 100_000));
  // The service has the first of it while the client holds back the rest.
  await arrived.promise;
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  request.end(sent.subarray(100_000));
  const [response] = await answered;
  await buffer(response);
  expect(response.statusCode).toBe(201);
  expect(received?.equals(sent)).toBe(true);
  expect(upstream.requests[0]?.headers).toMatchObject({ 'content-type': type, 'content-length': String(sent.length) });
  const parsed = await new Response(Uint8Array.from(received!), { headers: { 'content-type': type } }).formData();
  expect([parsed.get('note'), (parsed.get('photo') as File).size]).toEqual(['ground fine', 300_000]);
});
