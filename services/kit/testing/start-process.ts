import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const KIT = path.join(import.meta.dirname, '..');
const COMPILE_CACHE = path.join(KIT, '../../node_modules/.cache/compile');

export interface StartedProcess {
  child: ChildProcess;
  url: string;
  adminUrl: string;
  output: () => string;
  /** SIGTERM; answers how long the end took, and the exit code. */
  stop: () => Promise<{ tookMs: number; code: number | null }>;
}

/** Forks a service with the telemetry preload, as the supervisor does; its entry sends its addresses when it listens. */
export async function startProcess(entry: string, env: Record<string, string>): Promise<StartedProcess> {
  const child = fork(entry, [], {
    execPath: process.execPath,
    execArgv: ['--import', path.join(KIT, 'telemetry.ts')],
    env: { NODE_ENV: 'production', PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const message = await Promise.race([once(child, 'message'), exited.then(() => null)]);
  if (message === null) throw new Error(`${entry} ended before it listened:\n${output}`);
  const { url, adminUrl } = message[0] as { url: string; adminUrl: string };
  return {
    child,
    url,
    adminUrl,
    output: () => output,
    stop: async () => {
      const askedAtMs = Date.now();
      child.kill('SIGTERM');
      const [code] = await exited;
      return { tookMs: Date.now() - askedAtMs, code };
    },
  };
}
