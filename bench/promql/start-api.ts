import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { FEW_ARENAS, SMALL_YOUNG_GENERATION } from '#server/supervise/list-processes.ts';

export interface RunningApi {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

export interface ApiOptions {
  /** Keeps no samples between questions. */
  uncached?: boolean;
  profile?: string | undefined;
}

/** `serve.ts` as a process, on a free port. */
export async function startApi(engineUrl: string, { uncached = false, profile }: ApiOptions): Promise<RunningApi> {
  // As the supervisor starts the console.
  const flags = [SMALL_YOUNG_GENERATION, ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])];
  const args = [engineUrl, ...(uncached ? ['uncached'] : [])];
  const child = spawn(process.execPath, [...flags, path.join(import.meta.dirname, 'serve.ts'), ...args], {
    env: { ...process.env, ...FEW_ARENAS },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${line.toString().replace('port ', '').trim()}`,
    pid: child.pid!,
    stop: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
