import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it, vi } from 'vitest';
import { createLog } from '#server/log.ts';
import { openWal } from './open-wal.ts';
import { directoryStore, storedLines } from './testing/directory-store.ts';

const KILLS = 20;
const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

/** Runs a writer, kills it at a random moment of its work, and answers what it had acknowledged. */
async function writeAndKill(dir: string, run: number): Promise<string[]> {
  const writer = path.join(import.meta.dirname, 'testing/crash-writer.ts');
  // A file, not a pipe: that is full when this process has no time to read.
  const acknowledged = path.join(dir, `acknowledged-${run}`);
  const out = openSync(acknowledged, 'w');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, dir, String(run)], {
    stdio: ['ignore', out, 'inherit'],
  });
  const gone = once(child, 'exit');
  closeSync(out);
  await vi.waitUntil(() => statSync(acknowledged).size > 0 || child.exitCode !== null, {
    timeout: 60_000,
    interval: 5,
  });
  await sleep(Math.random() * 250);
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  const output = readFileSync(acknowledged, 'utf8');
  // The last line may have been cut off by the kill: it is only known to be acknowledged when it is whole.
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
}

it('keeps every acknowledged row exactly once over kill -9 at random moments', { timeout: 300_000 }, async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-wal-crash-'));
  dirs.push(dir);
  const acknowledged: string[] = [];
  for (let run = 0; run < KILLS; run++) {
    const lines = await writeAndKill(dir, run);
    expect(lines.length).toBeGreaterThan(0);
    acknowledged.push(...lines);
  }
  const leftovers = readdirSync(path.join(dir, 'wal')).filter((name) => name.endsWith('.seg'));
  expect(leftovers.length).toBeGreaterThan(0);

  const store = path.join(dir, 'store');
  const wal = openWal({ dir: path.join(dir, 'wal'), log: createLog('test', 'silent'), insert: directoryStore(store) });
  await wal.close(20_000);
  expect(readdirSync(path.join(dir, 'wal')).filter((name) => name.endsWith('.seg'))).toEqual([]);
  expect(readdirSync(path.join(dir, 'wal/rejected'))).toEqual([]);

  const counts = new Map<string, number>();
  for (const line of storedLines(store)) counts.set(line, (counts.get(line) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
  expect(acknowledged.filter((line) => !counts.has(line))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(1_000);
});
