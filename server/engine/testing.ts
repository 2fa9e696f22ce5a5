import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface TestEngine {
  /** Stays the same over restarts. */
  url: string;
  dataDir: string;
  readonly pid: number;
  /** SIGKILL: what a crash does. */
  kill: () => Promise<void>;
  /** Starts it again on the same port and directory; stops it first when it runs. */
  restart: () => Promise<void>;
  /** Stops it and removes its directory. */
  stop: () => Promise<void>;
}

/** The real engine in a process of its own, on a free port, in a temporary directory. */
export async function startTestEngine(env: Record<string, string> = {}): Promise<TestEngine> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'switchyard-engine-'));
  let running = await start(dataDir, 0, env);
  const { port } = running;
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    get pid() {
      return running.child.pid!;
    },
    kill: () => end(running.child, 'SIGKILL'),
    restart: async () => {
      await end(running.child, 'SIGTERM');
      running = await start(dataDir, port, env);
    },
    stop: async () => {
      await end(running.child, 'SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const READY_TIMEOUT_MS = 30_000;

async function start(dataDir: string, port: number, env: Record<string, string>) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../engine.ts', import.meta.url))], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'info', DATA_DIR: dataDir, ENGINE_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(20)) {
    const ready = /"port":(\d+)[^\n]*"msg":"engine ready"/.exec(output);
    if (ready) return { child, port: Number(ready[1]) };
    if (child.exitCode !== null) break;
  }
  await end(child, 'SIGKILL');
  throw new Error(`The test engine did not start:\n${output}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exited;
}
