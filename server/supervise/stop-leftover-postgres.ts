import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, readCommandLine } from './process-table.ts';

const STOP_TIMEOUT_MS = 10_000;

/** Stops a PostgreSQL that outlived a killed supervisor: it cannot notice by itself, and holds its data directory. */
export async function stopLeftoverPostgres(dataDir: string): Promise<boolean> {
  const cluster = path.join(dataDir, 'postgres');
  const pidFile = path.join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return false;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!isAlive(pid) || !readCommandLine(pid).includes(cluster)) return false;
  process.kill(pid, 'SIGINT');
  for (const deadline = Date.now() + STOP_TIMEOUT_MS; isAlive(pid) && Date.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}
