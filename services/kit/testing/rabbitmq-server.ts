import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';

/** What `/usr/sbin/rabbitmq-server` starts; that one becomes the user `rabbitmq`, whom our directories are not open to. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const EPMD = '/usr/bin/epmd';

export const WITHOUT_RABBITMQ = 'there is no RabbitMQ: apt-get install rabbitmq-server';

export function hasRabbitmq(): boolean {
  return existsSync(SERVER) && existsSync(EPMD);
}

export interface TestRabbitmq {
  port: number;
  stop: () => Promise<void>;
}

/** A real RabbitMQ of its own, with a directory of nodes of its own, on free ports and in a temporary directory; `stop` removes it all. */
export async function startTestRabbitmq(): Promise<TestRabbitmq> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-rabbitmq-'));
  const port = await freePort();
  const nodePort = await freePort();
  const epmdPort = String(await freePort());
  const config = path.join(dir, 'rabbitmq.conf');
  writeFileSync(config, `listeners.tcp.1 = 127.0.0.1:${port}\ndisk_free_limit.absolute = 1MB\n`);
  writeFileSync(path.join(dir, 'plugins'), '[].');
  writeFileSync(path.join(dir, '.erlang.cookie'), 'switchyard', { mode: 0o400 });
  for (const name of ['mnesia', 'log']) mkdirSync(path.join(dir, name));

  const epmd = spawn(EPMD, ['-port', epmdPort], {
    env: { NODE_ENV: 'test', ERL_EPMD_ADDRESS: '127.0.0.1' },
    stdio: 'ignore',
  });
  // A group of its own: the server is the child of a shell.
  const server = spawn(SERVER, [], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      HOME: dir,
      ERL_EPMD_PORT: epmdPort,
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_NODENAME: `switchyard-${port}@localhost`,
      RABBITMQ_DIST_PORT: String(nodePort),
      RABBITMQ_MNESIA_BASE: path.join(dir, 'mnesia'),
      RABBITMQ_LOG_BASE: path.join(dir, 'log'),
      RABBITMQ_ENABLED_PLUGINS_FILE: path.join(dir, 'plugins'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}',
    },
  });
  const kill = () => {
    if (isRunning(server)) process.kill(-server.pid!, 'SIGKILL');
    epmd.kill('SIGKILL');
  };
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    const exits = [server, epmd].filter(isRunning).map((child) => once(child, 'exit'));
    kill();
    await Promise.all(exits);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };

  let output = '';
  await new Promise<void>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Starting broker... completed')) resolve();
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', () => resolve());
  });
  if (isRunning(server)) return { port, stop };
  await stop();
  throw new Error(`RabbitMQ did not start:\n${output}`);
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
