import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '#server/log.ts';
import { openConfigFolder } from './config-folder.ts';

let dir: string;
let clock = 1_000;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  writeFileSync(path.join(dir, file), text);
  // The clock of a file system may be coarser than two writes of a test.
  utimesSync(path.join(dir, file), ++clock, clock);
};
const open = () =>
  openConfigFolder({
    dir,
    extension: /\.txt$/,
    log: createLog('test', 'silent'),
    parse: (text) => {
      if (text.includes('wrong')) throw new Error('it says wrong');
      return text.split(' ');
    },
  });

it('reads its files in the order of their names and nothing else', () => {
  write('b.txt', 'three');
  write('a.txt', 'one two');
  write('c.md', 'other');
  expect(open().values()).toEqual(['one', 'two', 'three']);
});

it('reports a wrong file and still has the others, and what the wrong one said before', () => {
  write('a.txt', 'one');
  write('b.txt', 'wrong');
  const folder = open();
  expect(folder.values()).toEqual(['one']);
  expect(folder.errors()).toEqual([{ file: 'b.txt', message: 'it says wrong' }]);

  write('a.txt', 'wrong again');
  expect(folder.reload()).toBe(true);
  expect(folder.values()).toEqual(['one']);
  expect(folder.errors()).toHaveLength(2);

  write('a.txt', 'uno');
  write('b.txt', 'due');
  folder.reload();
  expect(folder.values()).toEqual(['uno', 'due']);
  expect(folder.errors()).toEqual([]);
});

it('forgets a file that is gone, and says when nothing changed', () => {
  write('a.txt', 'one');
  const folder = open();
  expect(folder.reload()).toBe(false);
  rmSync(path.join(dir, 'a.txt'));
  expect(folder.reload()).toBe(true);
  expect(folder.values()).toEqual([]);
});

it('is empty where there is no folder', () => {
  rmSync(dir, { recursive: true });
  expect(open().values()).toEqual([]);
});
