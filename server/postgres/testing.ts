import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase } from './create-database.ts';
import { preparePostgres } from './prepare.ts';

export interface TestPostgres {
  /** Of an empty database named `switchyard`, as its superuser. */
  url: string;
  stop: () => Promise<void>;
}

/** A real PostgreSQL of its own on a free port in a temporary directory; `stop` removes it all. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-postgres-'));
  chmodSync(dir, 0o711);
  const command = await preparePostgres(dir, await freePort());
  const { uid, gid } = command;
  const child = spawn(command.command, [...command.args, '-c', 'fsync=off'], { uid, gid, cwd: '/', stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await createDatabase(command.url, 'switchyard');
  return {
    url,
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
      child.kill('SIGINT');
      await exited;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
