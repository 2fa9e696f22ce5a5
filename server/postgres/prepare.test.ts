import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { startTestPostgres, type TestPostgres } from './testing.ts';

const started: TestPostgres[] = [];
const dirs: string[] = [];
const tmp = process.env.TMPDIR;

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
  if (tmp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = tmp;
});

it('starts a real server on loopback that asks for its password', async () => {
  const server = await startTestPostgres();
  started.push(server);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  expect((await client.query('SHOW listen_addresses')).rows[0]).toEqual({ listen_addresses: '127.0.0.1' });
  await client.end();

  const stranger = new URL(server.url);
  stranger.password = 'guess';
  const refused = new pg.Client({ connectionString: stranger.href });
  await expect(refused.connect()).rejects.toThrow(/password authentication failed/);
});

it('starts below a directory that is closed to other accounts', async () => {
  const closed = mkdtempSync(path.join(tmpdir(), 'switchyard-closed-'));
  dirs.push(closed);
  chmodSync(closed, 0o700);
  process.env.TMPDIR = closed;
  started.push(await startTestPostgres());
  expect(started).toHaveLength(1);
});
