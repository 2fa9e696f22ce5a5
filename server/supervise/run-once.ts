import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#server/errors.ts';

/** Runs one of our scripts to its end; a failure carries the last lines of what it said. */
export async function runOnce(entry: string, env: Record<string, string>, root: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(root, entry)], {
      env: env as NodeJS.ProcessEnv,
      cwd: root,
    });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim().split('\n').slice(-12).join('\n');
    throw new AppError('INTERNAL', `${entry} failed:\n${said}`, { cause });
  }
}
