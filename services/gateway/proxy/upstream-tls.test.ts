// A service behind TLS whose certificate nobody has signed but itself.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-tls-'));
const [keyFile, certFile] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')];
const stops: (() => Promise<unknown>)[] = [];
let origin: string;
let asked = 0;

beforeAll(async () => {
  const subject = ['-subj', '/CN=orders', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', keyFile, '-out', certFile, ...subject], {
    stdio: 'ignore',
  });
  const upstream = createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, (_request, response) => {
    asked += 1;
    response.end('by TLS');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `https://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  stops.push(async () => {
    upstream.closeAllConnections();
    await new Promise((resolve) => upstream.close(resolve));
    rmSync(dir, { recursive: true });
  });
});
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

it('is not asked', async () => {
  const gateway = await startTestGateway(origin);
  stops.push(gateway.stop);
  const answer = await fetch(`${gateway.url}/api/orders`);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({
    code: 'CONNECT',
    detail: expect.stringMatching(/certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/) as string,
  });
  expect(asked).toBe(0);
});

it('is asked by a gateway that is told to trust who signed it', async () => {
  const child = spawn(process.execPath, ['services/gateway/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: '0',
      ADMIN_PORT: '0',
      JWT_SECRET: 'a secret of the tests, long enough',
      CATALOG_URL: origin,
      NODE_EXTRA_CA_CERTS: certFile,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stops.push(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { url: listening } = JSON.parse(line) as { url?: string };
      if (listening) resolve(listening);
    });
    child.once('exit', () => reject(new Error('the gateway ended before it listened')));
  });
  const answer = await fetch(`${url}/api/products`);
  expect([answer.status, await answer.text()]).toEqual([200, 'by TLS']);
});
