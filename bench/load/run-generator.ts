import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LoadOptions, LoadResult } from './send-load.ts';

/** Sends from another process, so that the load takes no time of what it measures; its CPU includes making the requests. */
export async function runGenerator(options: LoadOptions): Promise<LoadResult & { cpuSeconds: number }> {
  const script = path.join(import.meta.dirname, 'generator.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, JSON.stringify(options)],
    { maxBuffer: 1024 ** 2 },
  );
  return JSON.parse(stdout) as LoadResult & { cpuSeconds: number };
}
