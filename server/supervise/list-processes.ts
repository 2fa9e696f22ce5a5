import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLEET, variablePrefix } from '#config/fleet.ts';
import type { Env } from '#server/env.ts';
import type { PostgresCommand } from '#server/postgres/prepare.ts';
import { readyByHttp, type ProcessSpec } from './process-spec.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLLOW_PARENT = path.join(ROOT, 'server/supervise/follow-parent.ts');
const TELEMETRY = path.join(ROOT, 'services/kit/telemetry.ts');

interface NodeProcess {
  name: string;
  entry: string;
  ports: ProcessSpec['ports'];
  readyPort: number;
  readyPath?: string;
  env: Record<string, string>;
  imports?: string[];
  flags?: string[];
}

/** Memory in arenas of malloc hardly ever returns to the system: with two of them instead of sixteen the collector keeps 18 MB less. */
export const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };
/** The young generation grows to 100 MB while pages are built and never shrinks; what lives longer is collected as before. */
export const SMALL_YOUNG_GENERATION = '--max-semi-space-size=8';

/** The embedded server: ready when a client can log in. */
export function postgresProcess(command: PostgresCommand, port: number, isReady: () => Promise<boolean>): ProcessSpec {
  return {
    name: 'postgres',
    command: command.command,
    args: command.args,
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC' },
    uid: command.uid,
    gid: command.gid,
    cwd: '/',
    ports: [{ port, variable: 'POSTGRES_PORT' }],
    isReady,
    // Fast shutdown: does not wait for clients to leave.
    stopSignal: 'SIGINT',
    followsParent: false,
    isShipped: true,
  };
}

/** The observability side: embedded engine (unless CLICKHOUSE_URL names a server), collector, console. */
export function switchyardProcesses(env: Env, given: Record<string, string>, ownEngine: boolean) {
  const shared = { OTEL_TRACES_EXPORTER: 'otlp', ...given };
  const engine = nodeProcess(env, {
    name: 'engine',
    entry: 'server/engine.ts',
    ports: [{ port: env.ENGINE_PORT, variable: 'ENGINE_PORT' }],
    readyPort: env.ENGINE_PORT,
    readyPath: '/ping',
    env: { ...shared, UV_THREADPOOL_SIZE: '16' },
  });
  const collector = nodeProcess(env, {
    name: 'collector',
    entry: 'server/collector.ts',
    ports: [
      { port: env.OTLP_HTTP_PORT, variable: 'OTLP_HTTP_PORT' },
      { port: env.OTLP_GRPC_PORT, variable: 'OTLP_GRPC_PORT' },
      { port: env.COLLECTOR_ADMIN_PORT, variable: 'COLLECTOR_ADMIN_PORT' },
    ],
    readyPort: env.COLLECTOR_ADMIN_PORT,
    env: shared,
  });
  const console = nodeProcess(env, {
    name: 'console',
    entry: 'server/console.ts',
    ports: [{ port: env.CONSOLE_PORT, variable: 'CONSOLE_PORT' }],
    readyPort: env.CONSOLE_PORT,
    env: shared,
    flags: [SMALL_YOUNG_GENERATION],
  });
  return { engine: ownEngine ? engine : null, collector, console };
}

/** The shipped gateway, services and shopper, each instrumented by the telemetry preload. */
export function fleetProcesses(env: Env, shared: Record<string, string>): ProcessSpec[] {
  const addresses = Object.fromEntries(
    FLEET.map(({ service }) => {
      const urls = FLEET.filter((other) => other.service === service).map(
        (other) => `http://127.0.0.1:${portOf(other)}`,
      );
      return [`${variablePrefix(service)}_URL`, urls.join(',')];
    }),
  );
  return FLEET.map((member) => {
    const prefix = variablePrefix(member.name);
    const port = portOf(member);
    const adminPort = Number(process.env[`${prefix}_ADMIN_PORT`] ?? member.adminPort);
    return nodeProcess(env, {
      name: member.name,
      entry: member.entry,
      ports: [
        { port, variable: `${prefix}_PORT` },
        { port: adminPort, variable: `${prefix}_ADMIN_PORT` },
      ],
      readyPort: port,
      env: {
        ...shared,
        // Whoever sets it empty has services where the environment says.
        REGISTRY_URL: process.env.REGISTRY_URL ?? `http://127.0.0.1:${env.CONSOLE_PORT}`,
        ...addresses,
        ...member.env,
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        SERVICE_INSTANCE_ID: member.instance,
      },
      imports: [TELEMETRY],
    });
  });
}

function portOf({ name, port }: (typeof FLEET)[number]): number {
  return Number(process.env[`${variablePrefix(name)}_PORT`] ?? port);
}

function nodeProcess(env: Env, spec: NodeProcess): ProcessSpec {
  const imports = [FOLLOW_PARENT, ...(spec.imports ?? [])].flatMap((file) => ['--import', file]);
  return {
    name: spec.name,
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', ...(spec.flags ?? []), ...imports, path.join(ROOT, spec.entry)],
    env: { ...FEW_ARENAS, ...spec.env },
    cwd: ROOT,
    ports: spec.ports,
    isReady: readyByHttp(`http://${env.HOST}:${spec.readyPort}${spec.readyPath ?? '/readyz'}`),
    stopSignal: 'SIGTERM',
    followsParent: true,
    isShipped: !spec.imports?.includes(TELEMETRY),
  };
}
