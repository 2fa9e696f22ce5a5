import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#server/errors.ts';
import { isAlive, readCommandLine } from '#server/supervise/process-table.ts';

/**
 * Claims a directory of segments for this process; two would send and delete each other's open segments. A holder that was
 * killed does not count, nor does another program that has got its process id since. Returns the release.
 */
export function lockDir(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, 'lock');
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, command: readCommandLine(process.pid) }), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder && holder.pid !== process.pid && isAlive(holder.pid) && readCommandLine(holder.pid) === holder.command) {
      throw new AppError(
        'CONFLICT',
        `Another collector (process ${holder.pid}) keeps its segments in ${dir}. Stop it, or give this one a DATA_DIR of its own.`,
      );
    }
    rmSync(file, { force: true });
  }
}

function readHolder(file: string): { pid: number; command: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { pid: number; command: string };
  } catch {
    // Gone meanwhile, or written by a process that died in the middle.
    return undefined;
  }
}
