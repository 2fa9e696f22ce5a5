import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readServiceEnv } from './env.ts';
import { startOtlpReceiver, type OtlpReceiver } from './testing/otlp-receiver.ts';
import { freePort } from './testing/free-port.ts';
import { startProcess, type StartedProcess } from './testing/start-process.ts';

const SAMPLE = path.join(import.meta.dirname, 'testing/sample-service.ts');
let dir: string;
let otlp: OtlpReceiver;
let sample: StartedProcess;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'switchyard-log-'));
  otlp = await startOtlpReceiver();
  const port = String(await freePort());
  sample = await startProcess(SAMPLE, {
    OTEL_SERVICE_NAME: 'catalog',
    SERVICE_INSTANCE_ID: 'catalog-1',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    PORT: port,
    CATALOG_PORT: port,
    LOG_DIR: dir,
    LOG_FILE_SIZE: '4K',
    LOG_FILE_COUNT: '2',
  });
});
afterAll(async () => {
  sample.child.kill('SIGKILL');
  await otlp.stop();
  await rm(dir, { recursive: true });
});

test('each line of an undertaking names it, its trace and its span, also after a body and in the service that is called', async () => {
  const headers = { 'x-correlation-id': 'checkout-42', 'content-type': 'application/json' };
  await fetch(`${sample.url}/things`, { method: 'POST', headers, body: '{"fail":true}' });
  await fetch(`${sample.url}/calls`, { headers });
  const own = () => linesOf(sample.output()).filter(({ correlation_id: id }) => id === 'checkout-42');
  const ids = { trace_id: expect.stringMatching(/^\w{32}$/) as string, span_id: expect.stringMatching(/^\w{16}$/) };
  for (const msg of [
    'took a thing in',
    'Internal error. The log has it under the request id.',
    'POST /things failed',
    'looked for a thing',
    'GET /things/:id',
    'GET /calls',
  ])
    await vi.waitFor(() => expect(own()).toContainEqual(expect.objectContaining({ msg, ...ids })), 20_000);
  await vi.waitFor(
    () =>
      expect(otlp.logs).toContainEqual(
        expect.objectContaining({
          body: 'GET /calls',
          attributes: expect.objectContaining({ correlation_id: 'checkout-42' }) as unknown,
        }),
      ),
    20_000,
  );
});

test('files are put aside when they are full, the newest are kept, and the last line of the process is in one', async () => {
  // Some forty kilobytes, and two files of four may be kept.
  for (let sent = 0; sent < 60; sent++) await (await fetch(`${sample.url}/things/7`)).text();
  await sample.stop();
  const files = (await readdir(dir)).filter((name) => name.endsWith('.log'));
  // One may have been put aside at the very end.
  expect(files.length).toBeOneOf([3, 4]);
  expect(files).toContain('catalog-1.log');
  const texts = await Promise.all(files.map((name) => readFile(path.join(dir, name), 'utf8')));
  const kept = texts.flatMap(linesOf);
  expect(kept.length).toBeLessThan(linesOf(sample.output()).length);
  expect(linesOf(sample.output())).toEqual(expect.arrayContaining(kept));
  expect(kept.map(({ msg }) => msg)).toContain('stopping');
});

test('telemetry that is not taken is told of in the log', async () => {
  const collector = createServer((_, response) => response.writeHead(400).end()).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const refused = await startProcess(SAMPLE, { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  await vi.waitFor(() => expect(refused.output()).toContain('telemetry is lost'), 30_000);
  refused.child.kill('SIGKILL');
  collector.close();
});

test.each([
  [{}, 'info'],
  [{ NODE_ENV: 'production' }, 'info'],
  [{ NODE_ENV: 'development' }, 'debug'],
  [{ NODE_ENV: 'development', LOG_LEVEL: 'warn' }, 'warn'],
])('%o logs from %s on', (env, level) => {
  expect(readServiceEnv(env).LOG_LEVEL).toBe(level);
});

function linesOf(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
