import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { FLEET, variablePrefix } from '#config/fleet.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const READY_MAX_MS = 80_000;

export interface TestFleet {
  url: (name: string) => string;
  adminUrl: (name: string) => string;
  /** Puts the faults switch of a service. */
  breakService: (name: string, faults: object) => Promise<void>;
  heal: (name: string) => Promise<void>;
  output: (name: string) => string;
  child: (name: string) => ChildProcess;
  stop: () => Promise<void>;
}

/** Runs processes of the fleet as processes on free ports, and waits until each is ready. */
export async function startFleet(names: string[], env: Record<string, string>): Promise<TestFleet> {
  const members = FLEET.filter(({ name }) => names.includes(name));
  const ports = await freePorts(members.length * 2);
  const portOf = new Map(
    members.map(({ name }, index) => [name, { port: ports[2 * index]!, adminPort: ports[2 * index + 1]! }]),
  );
  const addresses = Object.fromEntries(
    [...portOf].flatMap(([name, { port, adminPort }]) => [
      [`${variablePrefix(name)}_PORT`, String(port)],
      [`${variablePrefix(name)}_ADMIN_PORT`, String(adminPort)],
    ]),
  );
  // Only those that are started: another instance would be looked for at its usual port.
  for (const { service } of members)
    addresses[`${variablePrefix(service)}_URL`] = members
      .filter((member) => member.service === service)
      .map(({ name }) => `http://127.0.0.1:${portOf.get(name)?.port}`)
      .join(',');
  const outputs = new Map<string, string>();
  const children = new Map(
    members.map((member) => {
      const { port, adminPort } = portOf.get(member.name)!;
      const child = fork(path.join(ROOT, member.entry), [], {
        execPath: process.execPath,
        execArgv: ['--import', path.join(ROOT, 'services/kit/telemetry.ts')],
        env: {
          NODE_ENV: 'production',
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules/.cache/compile'),
          ...addresses,
          ...member.env,
          PORT: String(port),
          ADMIN_PORT: String(adminPort),
          SERVICE_INSTANCE_ID: member.instance,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) =>
          outputs.set(member.name, (outputs.get(member.name) ?? '') + chunk.toString()),
        );
      return [member.name, child] as const;
    }),
  );
  const url = (name: string) => `http://127.0.0.1:${portOf.get(name)?.port}`;
  const adminUrl = (name: string) => `http://127.0.0.1:${portOf.get(name)?.adminPort}`;
  const stop = async () => {
    const running = [...children.values()].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const exits = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGTERM');
    await Promise.all(exits);
  };
  try {
    await Promise.all([...children.keys()].map((name) => whenReady(url(name), name, () => outputs.get(name) ?? '')));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    adminUrl,
    breakService: (name, faults) => putFaults(adminUrl(name), faults),
    heal: (name) => putFaults(adminUrl(name), {}),
    output: (name) => outputs.get(name) ?? '',
    child: (name) => children.get(name)!,
    stop,
  };
}

async function putFaults(adminUrl: string, faults: object): Promise<void> {
  const response = await fetch(`${adminUrl}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });
  if (!response.ok) throw new Error(`the faults switch answered ${response.status}: ${await response.text()}`);
}

async function whenReady(url: string, name: string, output: () => string): Promise<void> {
  for (const deadline = Date.now() + READY_MAX_MS; Date.now() < deadline;) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} was not ready in ${READY_MAX_MS} ms:\n${output()}`);
}

/** Held together, so that none is handed out twice. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}
