import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLEET, variablePrefix } from '#config/fleet.ts';
import { postgresUrl, readPostgresPassword } from '#server/postgres/password.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OWN_PORTS = ['CONSOLE', 'OTLP_GRPC', 'OTLP_HTTP', 'COLLECTOR_ADMIN', 'ENGINE', 'POSTGRES'];

export type Service =
  | 'gateway'
  | 'auth'
  | 'catalog'
  | 'inventory'
  | 'orders'
  | 'payments'
  | 'shipping'
  | 'notifications'
  | 'traffic';

export interface Switchyard {
  consoleUrl: string;
  gatewayUrl: string;
  otlpUrl: string;
  engineUrl: string;
  /** Where the fault switch and the breaker's controls of a service are. */
  adminUrl: (service: Service) => string;
  /** What the supervisor printed so far. */
  output: () => string;
  /** The database of the services and of the console. */
  postgresUrl: () => string;
  dataDir: string;
  pid: number;
  /** Sends SIGINT as Ctrl-C does, waits for the end, removes the data; answers how long that took. */
  stop: () => Promise<number>;
}

/** Starts the whole of Switchyard, as `npm start` does after its preparation, on free ports with data of its own. */
export async function startSwitchyard(env: Record<string, string> = {}, flags: string[] = []): Promise<Switchyard> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'switchyard-e2e-'));
  const variables = [
    ...OWN_PORTS,
    ...FLEET.flatMap(({ name }) => [variablePrefix(name), `${variablePrefix(name)}_ADMIN`]),
  ];
  const ports = await freePorts(variables.length);
  const portOf = Object.fromEntries(variables.map((name, index) => [name, ports[index]!]));
  const portEnv = Object.fromEntries(variables.map((name) => [`${name}_PORT`, String(portOf[name])]));
  const node = path.join(ROOT, 'node_modules/node/bin/node');
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', 'server/start.ts', ...flags], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      ...portEnv,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const up = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Switchyard is up')) up.resolve();
    });
  }
  const exited = once(child, 'exit');
  void exited.then(() => up.reject(new Error(`Switchyard ended before it was up:\n${output}`)));
  await up.promise;
  return {
    consoleUrl: `http://127.0.0.1:${portOf.CONSOLE}`,
    gatewayUrl: `http://127.0.0.1:${portOf.GATEWAY}`,
    otlpUrl: `http://127.0.0.1:${portOf.OTLP_HTTP}`,
    engineUrl: `http://127.0.0.1:${portOf.ENGINE}`,
    adminUrl: (service) => `http://127.0.0.1:${portOf[`${service.toUpperCase()}_ADMIN`]}`,
    output: () => output,
    postgresUrl: () => postgresUrl(readPostgresPassword(dataDir) ?? '', portOf.POSTGRES!, 'switchyard'),
    dataDir,
    pid: child.pid!,
    stop: async () => {
      const askedAtMs = Date.now();
      child.kill('SIGINT');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
      return Date.now() - askedAtMs;
    },
  };
}

/** Ports that were free a moment ago, held together so that none is handed out twice. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as { port: number }).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}
