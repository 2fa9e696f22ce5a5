import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const NGINX = '/usr/sbin/nginx';
const READY_MAX_MS = 30_000;

/** One that answers, on a core of its own. */
export interface Party {
  name: string;
  /** What the load asks for. */
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** Answers 300 bytes of JSON to anything, and takes telemetry: nginx, so that it is never what is waited for. */
export function startUpstream(core: number): Promise<Party> {
  const body = JSON.stringify({
    items: Array.from({ length: 6 }, (_, id) => ({ id, name: `Product ${id}`, price: 990 })),
  });
  return startNginx(
    'upstream',
    core,
    (port) => `
    server { listen 127.0.0.1:${port}; default_type application/json; location / { return 200 '${body}'; } }`,
  );
}

/** Debian's nginx as a proxy, one worker, connections to the upstream kept. */
export function startNginxProxy(upstream: Party, core: number): Promise<Party> {
  const { host } = new URL(upstream.url);
  return startNginx(
    'nginx',
    core,
    (port) => `
    upstream shop { server ${host}; keepalive 64; keepalive_requests 1000000; }
    server { listen 127.0.0.1:${port}; location / { proxy_pass http://shop; proxy_http_version 1.1; proxy_set_header Connection ''; } }`,
  );
}

async function startNginx(name: string, core: number, servers: (port: number) => string): Promise<Party> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-nginx-'));
  const port = await freePort();
  writeFileSync(
    path.join(dir, 'nginx.conf'),
    `daemon off; master_process off; pid ${dir}/pid; error_log ${dir}/error.log;
    events { worker_connections 1024; }
    http {
      access_log off; keepalive_requests 1000000; client_max_body_size 64m; client_body_temp_path ${dir}/body; proxy_temp_path ${dir}/proxy;
      fastcgi_temp_path ${dir}/fastcgi; uwsgi_temp_path ${dir}/uwsgi; scgi_temp_path ${dir}/scgi;
      ${servers(port)}
    }`,
  );
  const child = spawn(NGINX, ['-c', path.join(dir, 'nginx.conf'), '-e', path.join(dir, 'error.log')], {
    stdio: 'inherit',
  });
  const party = await ready(name, child, `http://127.0.0.1:${port}/api/products`, core);
  return { ...party, stop: () => party.stop().then(() => rmSync(dir, { recursive: true, force: true })) };
}

/** What undici and node:http take at least: no limits, no breaker, no telemetry. */
export async function startBareProxy(upstream: Party, core: number): Promise<Party> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'bare-proxy.ts'), String(port), upstream.url], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return ready('bare undici', child, `http://127.0.0.1:${port}/api/products`, core);
}

/** The gateway as the fleet starts it, all of its services at the upstream; limits are on and too high to be met. */
export async function startGateway(upstream: Party, core: number, telemetry: boolean): Promise<Party> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const { origin } = new URL(upstream.url);
  const services = ['AUTH', 'CATALOG', 'INVENTORY', 'ORDERS', 'PAYMENTS', 'SHIPPING', 'NOTIFICATIONS'];
  const preload = telemetry ? ['--import', path.resolve('services/kit/telemetry.ts')] : [];
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...preload, 'services/gateway/main.ts'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        OTEL_SERVICE_NAME: 'gateway',
        OTEL_EXPORTER_OTLP_ENDPOINT: origin,
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        JWT_SECRET: 'a secret of the bench',
        // What is measured is the way to a service and back, not the way around it.
        GATEWAY_CACHE_BYTES_MAX: '0',
        ...Object.fromEntries(services.map((name) => [`${name}_URL`, origin])),
        ...Object.fromEntries(['SHORT', 'MEDIUM', 'LONG'].map((tier) => [`THROTTLE_LIMIT_${tier}`, '1000000000'])),
      },
    },
  );
  const name = telemetry ? 'gateway' : 'gateway without telemetry';
  return ready(name, child, `http://127.0.0.1:${port}/api/products`, core);
}

async function ready(name: string, child: ChildProcess, url: string, core: number): Promise<Party> {
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  };
  for (const deadline = Date.now() + READY_MAX_MS; Date.now() < deadline; await sleep(100)) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (!answer?.ok) continue;
    // All of its threads, those to come too.
    execFileSync('taskset', ['-acp', String(core), String(child.pid)], { stdio: 'ignore' });
    return { name, url, pid: child.pid!, stop };
  }
  await stop();
  throw new Error(`${name} did not answer in ${READY_MAX_MS} ms.`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
