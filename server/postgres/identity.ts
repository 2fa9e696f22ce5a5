import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

/** How to start a PostgreSQL program: what to put before its command line, and whom to be. */
export interface Identity {
  prefix: string[];
  uid?: number;
  gid?: number;
}

interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root we become `postgres` (or `nobody`, which every Unix has); where that account could
 * not walk to our folders (a clone below a 0700 directory) it keeps the one capability that lets it, rather than us
 * opening the operator's directories.
 */
export function chooseIdentity(paths: readonly string[]): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const account = lookUpAccount('postgres') ?? lookUpAccount('nobody') ?? { uid: 65_534, gid: 65_534 };
  if (paths.every((target) => isReachable(target, account))) return { prefix: [], ...account };
  const prefix = [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    // initdb asks access(2) whether it may run postgres, and that call overlooks capabilities without this bit.
    '--securebits=+no_setuid_fixup',
    '--',
  ];
  return { prefix };
}

/** The account that will own the data directory, or null where we are not root and own it ourselves. */
export function dataOwner(): Account | null {
  if (process.getuid?.() !== 0) return null;
  return lookUpAccount('postgres') ?? lookUpAccount('nobody') ?? { uid: 65_534, gid: 65_534 };
}

/** Whether `account` may search every directory above `target`. */
export function isReachable(target: string, account: Account, stat = statSync): boolean {
  for (let dir = path.dirname(path.resolve(target)); ; dir = path.dirname(dir)) {
    const { mode, uid, gid } = stat(dir);
    const execute = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

function lookUpAccount(name: string): Account | null {
  try {
    const read = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }).trim());
    return { uid: read('-u'), gid: read('-g') };
  } catch {
    return null;
  }
}
