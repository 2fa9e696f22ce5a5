import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, type statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPostgresBinaries } from './binaries.ts';
import { chooseIdentity, isReachable } from './identity.ts';

const tree = (modes: Record<string, { mode: number; uid: number; gid: number }>) =>
  ((dir: string) => modes[dir] ?? { mode: 0o755, uid: 0, gid: 0 }) as unknown as typeof statSync;

describe('isReachable', () => {
  const account = { uid: 101, gid: 104 };

  it.each([
    ['every directory is open', {}, true],
    ['a parent is closed to others', { '/root': { mode: 0o700, uid: 0, gid: 0 } }, false],
    ['a closed parent is its own', { '/root': { mode: 0o700, uid: 101, gid: 0 } }, true],
    ['a parent is open to its group', { '/root': { mode: 0o710, uid: 0, gid: 104 } }, true],
    ['its group is shut out though others are not', { '/root': { mode: 0o701, uid: 0, gid: 104 } }, false],
  ])('%s', (_, modes, reachable) => {
    expect(isReachable('/root/clone/data/postgres', account, tree(modes))).toBe(reachable);
  });
});

// A clone below a closed directory: initdb looks for postgres beside itself, and asks whether it may run it.
it.runIf(process.getuid?.() === 0)(
  'lets initdb find postgres below a directory that is closed to other accounts',
  () => {
    const closed = mkdtempSync(path.join(tmpdir(), 'switchyard-clone-'));
    try {
      const native = path.join(closed, 'native');
      cpSync(path.dirname(path.dirname(findPostgresBinaries().initdb)), native, {
        recursive: true,
        verbatimSymlinks: true,
      });
      chmodSync(closed, 0o700);
      const initdb = path.join(native, 'bin/initdb');
      const [command, ...args] = [...chooseIdentity([initdb]).prefix, initdb, '--show', `--pgdata=${closed}/cluster`];
      expect(() => execFileSync(command!, args, { stdio: 'pipe', cwd: '/' })).not.toThrow();
    } finally {
      rmSync(closed, { recursive: true, force: true });
    }
  },
);
