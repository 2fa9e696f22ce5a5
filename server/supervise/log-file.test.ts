import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-log-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('rotates at its size and keeps three older files', async () => {
  const log = openLogFile(dir, 'orders');
  const line = Buffer.alloc(6 * 1024 ** 2, 'x');
  for (let index = 0; index < 7; index += 1) {
    await new Promise((resolve) => {
      log.write(line, resolve);
    });
  }
  log.write('the last words\n');
  log.end();
  await once(log, 'finish');

  expect(readdirSync(dir).toSorted()).toEqual(['orders.log', 'orders.log.1', 'orders.log.2', 'orders.log.3']);
  expect(statSync(path.join(dir, 'orders.log.1')).size).toBe(line.length);
  expect(readFileSync(path.join(dir, 'orders.log'), 'utf8')).toMatch(/the last words\n$/);
  expect(log.tail()).toMatch(/the last words\n$/);
});
