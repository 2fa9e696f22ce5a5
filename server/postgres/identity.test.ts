import type { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isReachable } from './identity.ts';

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
