import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SignJWT } from 'jose';

const JWT_SECRET = 'a secret of the tests, long enough';
const ROOT = path.join(import.meta.dirname, '../../..');

export interface GatewayProcess {
  url: string;
  adminUrl: string;
  /** Ends it as a power cut does. */
  kill: () => Promise<void>;
}

/** The shipped gateway as a process of its own, so that a test meets it as the console does. */
export async function startGatewayProcess(variables: Record<string, string> = {}): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'services/gateway/main.ts'], {
    cwd: ROOT,
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      PORT: '0',
      ADMIN_PORT: '0',
      SERVICE_INSTANCE_ID: 'gateway-1',
      JWT_SECRET,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const listening = await new Promise<{ url: string; adminUrl: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { url, adminUrl } = JSON.parse(line) as { url?: string; adminUrl?: string };
      if (url && adminUrl) resolve({ url, adminUrl });
    });
    child.once('exit', () => reject(new Error('the gateway ended before it listened')));
  });
  return {
    ...listening,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The header of a customer, whom the gateway lets in everywhere but at the doors of administrators. */
export async function customerHeader(): Promise<{ authorization: string }> {
  const token = await new SignJWT({ name: 'Ada', role: 'USER' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(randomUUID())
    .setIssuer('switchyard-auth')
    .setAudience('shop')
    .setExpirationTime('15min')
    .sign(new TextEncoder().encode(JWT_SECRET));
  return { authorization: `Bearer ${token}` };
}

/** A port that was free a moment ago, for a process that comes back to where it was. */
export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}
