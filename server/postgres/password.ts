import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const POSTGRES_USER = 'switchyard';
const PASSWORD_FILE = 'postgres-password';

/** The embedded server's password, or null before its first start. */
export function readPostgresPassword(dataDir: string): string | null {
  const file = path.join(dataDir, PASSWORD_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** The same, made on first use: random, and readable by the owner of the data directory only. */
export function readOrCreatePassword(dataDir: string): string {
  const known = readPostgresPassword(dataDir);
  if (known) return known;
  mkdirSync(dataDir, { recursive: true });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(path.join(dataDir, PASSWORD_FILE), `${password}\n`, { mode: 0o600 });
  return password;
}

/** Where database `name` of the embedded server is reached. */
export function postgresUrl(password: string, port: number, name: string): string {
  return `postgresql://${POSTGRES_USER}:${password}@127.0.0.1:${port}/${name}`;
}
