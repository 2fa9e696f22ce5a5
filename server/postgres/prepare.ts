import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#server/errors.ts';
import { findPostgresBinaries } from './binaries.ts';
import { chooseIdentity, dataOwner, type Identity } from './identity.ts';
import { postgresUrl, readOrCreatePassword, POSTGRES_USER } from './password.ts';

/** Everything needed to spawn the embedded server: a command line and whom to run it as. */
export interface PostgresCommand extends Identity {
  command: string;
  args: string[];
  url: string;
}

/**
 * Creates the cluster below `dataDir` on first use (initdb, about half a second) and returns how to start it on loopback.
 * The password is random, kept in a file that only its owner can read.
 */
export async function preparePostgres(dataDir: string, port: number): Promise<PostgresCommand> {
  const binaries = findPostgresBinaries();
  const cluster = path.join(dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true });
  const password = readOrCreatePassword(dataDir);
  const identity = chooseIdentity([binaries.postgres, cluster]);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await createCluster(binaries.initdb, cluster, password, identity);
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '96MB',
    log_min_messages: 'warning',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
  const url = postgresUrl(password, port, 'postgres');
  return { ...wrap(identity, binaries.postgres, args), url };
}

async function createCluster(initdb: string, cluster: string, password: string, identity: Identity): Promise<void> {
  // A cluster without PG_VERSION is one whose initdb was interrupted: it holds nothing.
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { mode: 0o700 });
  const passwordFile = `${cluster}-initdb`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const owner = dataOwner();
  if (owner) for (const target of [cluster, passwordFile]) chownSync(target, owner.uid, owner.gid);
  const { command, args, uid, gid } = wrap(identity, initdb, [
    `--pgdata=${cluster}`,
    `--username=${POSTGRES_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]);
  try {
    await promisify(execFile)(command, args, { uid, gid, cwd: '/' });
  } catch (cause) {
    rmSync(cluster, { recursive: true, force: true });
    const detail = (cause as { stderr?: string }).stderr?.trim() || String(cause);
    throw new AppError('UNAVAILABLE', `PostgreSQL could not create its data directory ${cluster}: ${detail}`, {
      cause,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function wrap(identity: Identity, command: string, args: string[]) {
  const [first, ...rest] = [...identity.prefix, command, ...args];
  return { ...identity, command: first!, args: rest };
}
