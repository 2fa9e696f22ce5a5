import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#server/errors.ts';
import { isAlive, readCommandLine } from './process-table.ts';

/** Claims the data directory for this supervisor; throws CONFLICT when another one that is alive holds it. Returns the release. */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'supervisor.pid');
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number.parseInt(readFileSync(file, 'utf8'), 10);
    // A pid alone proves nothing after a reboot: it must also be one of us.
    if (isAlive(holder) && readCommandLine(holder).includes('server/start.ts')) {
      throw new AppError(
        'CONFLICT',
        `Switchyard already runs on ${dataDir} (process ${holder}). Stop it with Ctrl-C there or \`kill ${holder}\`, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(file, { force: true });
  }
}
