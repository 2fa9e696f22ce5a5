import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS_MAX = 60_000;

export interface Part {
  readonly pid: number;
  /** SIGKILL; returns when the process is gone. */
  kill: () => Promise<void>;
  /** Starts it again on the same ports and data; returns when it says that it is ready. */
  start: () => Promise<void>;
}

export interface Telemetry {
  /** Of the collector: OTLP over HTTP and remote write. */
  url: string;
  adminUrl: string;
  /** `host:port` of OTLP over gRPC. */
  grpcAddress: string;
  engineUrl: string;
  dataDir: string;
  engine: Part;
  collector: Part;
  stop: () => Promise<void>;
}

export interface TelemetryOptions {
  env?: Record<string, string>;
  /** Flags of node for one of them, such as --cpu-prof. */
  collectorFlags?: string[];
  engineFlags?: string[];
}

/** The engine and the collector as they are, on free ports with data of their own; nothing is scraped, and no Postgres hears hints. */
export async function startTelemetry(options: TelemetryOptions = {}): Promise<Telemetry> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'switchyard-bench-'));
  mkdirSync(path.join(dataDir, 'config'));
  writeFileSync(path.join(dataDir, 'config/targets.yaml'), 'scrape_configs: []\n');
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    CONFIG_DIR: path.join(dataDir, 'config'),
    // Port 1 answers nobody: the hints of transitions wait in memory, and nothing else needs Postgres.
    DATABASE_URL: 'postgres://none@127.0.0.1:1/none',
    ...options.env,
  };
  const engine = await startPart('engine', { ...env, ENGINE_PORT: '0' }, options.engineFlags);
  const enginePort = engine.ports.port!;
  const collectorEnv = {
    ...env,
    CLICKHOUSE_URL: `http://127.0.0.1:${enginePort}`,
    OTLP_HTTP_PORT: '0',
    OTLP_GRPC_PORT: '0',
    COLLECTOR_ADMIN_PORT: '0',
  };
  const collector = await startPart('collector', collectorEnv, options.collectorFlags).catch(async (error: unknown) => {
    await engine.part.kill();
    throw error;
  });
  engine.fix({ ENGINE_PORT: String(enginePort) });
  const { port, adminPort, grpcPort } = collector.ports;
  collector.fix({ OTLP_HTTP_PORT: `${port}`, COLLECTOR_ADMIN_PORT: `${adminPort}`, OTLP_GRPC_PORT: `${grpcPort}` });
  return {
    url: `http://127.0.0.1:${port}`,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    grpcAddress: `127.0.0.1:${grpcPort}`,
    engineUrl: `http://127.0.0.1:${enginePort}`,
    dataDir,
    engine: engine.part,
    collector: collector.part,
    stop: async () => {
      await collector.stop();
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startPart(name: 'engine' | 'collector', env: NodeJS.ProcessEnv, flags: string[] = []) {
  const logFile = path.join(env.DATA_DIR!, `${name}.log`);
  let fixed = env;
  let child = launch(name, fixed, flags, logFile);
  const ports = await ready(child, name, logFile);
  return {
    ports,
    fix: (more: Partial<NodeJS.ProcessEnv>) => (fixed = { ...fixed, ...more }),
    stop: () => end(child, 'SIGTERM'),
    part: {
      get pid() {
        return child.pid!;
      },
      kill: () => end(child, 'SIGKILL'),
      start: async () => {
        await end(child, 'SIGTERM');
        child = launch(name, fixed, flags, logFile);
        await ready(child, name, logFile);
      },
    } satisfies Part,
  };
}

function launch(name: string, env: NodeJS.ProcessEnv, flags: string[], logFile: string): ChildProcess {
  const node = path.join(ROOT, 'node_modules/node/bin/node');
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...flags, `server/${name}.ts`], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => appendFileSync(logFile, chunk));
  }
  return child;
}

/** The ports that it says it listens on. */
async function ready(child: ChildProcess, name: string, logFile: string): Promise<Record<string, number>> {
  const said = Promise.withResolvers<Record<string, number>>();
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    const line = output.split('\n').find((text) => text.includes(`"msg":"${name} ready"`));
    if (line?.endsWith('}')) said.resolve(JSON.parse(line) as Record<string, number>);
  });
  const gone = once(child, 'exit').then(() => 'ended');
  const late = sleep(READY_MS_MAX, 'took too long', { ref: false });
  const first = await Promise.race([said.promise, gone, late]);
  if (typeof first !== 'string') return first;
  await end(child, 'SIGKILL');
  throw new Error(`The ${name} ${first} before it was ready:\n${readFileSync(logFile, 'utf8').slice(-4_000)}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
