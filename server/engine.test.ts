import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from './engine/testing.ts';

const engines: TestEngine[] = [];
const start = async (env?: Record<string, string>) => {
  const engine = await startTestEngine(env);
  engines.push(engine);
  return engine;
};
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});

const failStart = (env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'engine.ts')], {
    env: { ...process.env, ...env },
  })
    .then(() => 'it started')
    .catch((error: { stdout: string; code: number }) => `${error.code} ${error.stdout}`);

test('a taken port is an error that names the port, its variable and who needs it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-engine-'));
  const output = await failStart({ DATA_DIR: dir, ENGINE_PORT: String(port) });
  other.close();
  rmSync(dir, { recursive: true });
  expect(output).toMatch(/^1 /);
  expect(output).toContain(`Port ${port} is taken`);
  expect(output).toContain('ENGINE_PORT');
  expect(output).toContain('telemetry store');
});

test('a data directory that is in use is an error that names the process', async () => {
  const engine = await start();
  const output = await failStart({ DATA_DIR: engine.dataDir, ENGINE_PORT: '0' });
  expect(output).toContain(`process ${engine.pid} has the telemetry store`);
  expect(output).toContain('DATA_DIR');
});

test('stops within a second, leaves data and no lock, and clears what an insert had left', async () => {
  const engine = await start();
  const ask = (sql: string) => fetch(engine.url, { method: 'POST', body: sql }).then((response) => response.text());
  await ask('CREATE TABLE t (a Int8) ENGINE = MergeTree ORDER BY a');
  await ask('CREATE DATABASE d');
  await ask('CREATE TABLE d.t (a Int8) ENGINE = MergeTree ORDER BY a');
  await ask('INSERT INTO d.t VALUES (7)');
  await engine.kill();
  const leftover = path.join(engine.dataDir, 'engine-tmp', 'half');
  writeFileSync(leftover, 'x');
  await engine.restart();
  expect(existsSync(leftover)).toBe(false);
  expect(await ask('SELECT * FROM d.t')).toBe('7\n');
  const started = performance.now();
  process.kill(engine.pid, 'SIGTERM');
  await engine.restart();
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(await ask('SELECT * FROM d.t')).toBe('7\n');
  expect(readdirSync(path.join(engine.dataDir, 'engine-tmp'))).toEqual([]);
});

test('answers in UTC whatever the zone of the machine, with its memory and threads bounded', async () => {
  const engine = await start({ TZ: 'Asia/Tokyo', ENGINE_MEMORY_BYTES: '1000000000', UV_THREADPOOL_SIZE: '' });
  const ask = (sql: string) => fetch(engine.url, { method: 'POST', body: sql }).then((response) => response.text());
  expect(await ask('SELECT timezone(), toString(toDateTime(0))')).toBe('UTC\t1970-01-01 00:00:00\n');
  expect(await ask("SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'")).toBe(
    '1000000000\n',
  );
  expect(await ask('SELECT length(groupArray(number)) FROM numbers(1000000000)')).toContain('MEMORY_LIMIT_EXCEEDED');
  const began = performance.now();
  await Promise.all(Array.from({ length: 8 }, () => ask('SELECT sleep(1)')));
  // One after the other they would take eight seconds.
  expect(performance.now() - began).toBeLessThan(7_000);
  // With little memory too, a question has all cores.
  if (availableParallelism() > 1)
    expect(await ask('EXPLAIN PIPELINE SELECT sum(number) FROM numbers_mt(1000000000)')).toMatch(/NumbersRange × \d/);
});
