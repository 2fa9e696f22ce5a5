import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '#server/log.ts';

/** Looking is cheap and also sees what change notifications miss: network mounts, and symlinks that are swapped as a whole. */
const LOOK_EVERY_MS = 2_000;
const FILE_BYTES_MAX = 1024 * 1024;

export interface FileError {
  file: string;
  message: string;
}

export interface ConfigFolder<T> {
  /** What the files say; of a file that became wrong, what it said while it was right. */
  values: () => T[];
  errors: () => FileError[];
  /** Looks at the folder at once; answers whether anything changed. */
  reload: () => boolean;
  /** Keeps looking until `stop`. */
  watch: (onChange: () => void) => void;
  stop: () => void;
}

interface Entry<T> {
  stamp: string;
  values: T[];
  error: string | null;
}

export interface ConfigFolderOptions<T> {
  dir: string;
  extension: RegExp;
  log: Log;
  /** Throws an Error whose message tells the author of the file what to change. */
  parse: (text: string, file: string) => T[];
}

/** A folder of files that a team keeps in git, read again when one changes; a wrong file is reported and the others still count. */
export function openConfigFolder<T>({ dir, extension, log, parse }: ConfigFolderOptions<T>): ConfigFolder<T> {
  const entries = new Map<string, Entry<T>>();
  let timer: NodeJS.Timeout | undefined;

  const reload = (): boolean => {
    let changed = false;
    const files = listFiles(dir, extension);
    for (const file of entries.keys()) {
      if (files.includes(file)) continue;
      entries.delete(file);
      changed = true;
    }
    for (const file of files) {
      const full = path.join(dir, file);
      const stamp = stampOf(full);
      const known = entries.get(file);
      if (known?.stamp === stamp) continue;
      changed = true;
      const read = readEntry(full, stamp, (text) => parse(text, file));
      if (read.error !== null) log.error({ file: full, error: read.error }, 'configuration file is not usable');
      entries.set(file, read.error === null ? read : { ...read, values: known?.values ?? [] });
    }
    return changed;
  };

  reload();
  return {
    values: () => [...entries.values()].flatMap((entry) => entry.values),
    errors: () => [...entries].flatMap(([file, { error }]) => (error === null ? [] : [{ file, message: error }])),
    reload,
    watch: (onChange) => {
      timer = setInterval(() => {
        if (reload()) onChange();
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

function listFiles(dir: string, extension: RegExp): string[] {
  try {
    return readdirSync(dir)
      .filter((file) => extension.test(file) && !file.startsWith('.'))
      .toSorted();
  } catch {
    return [];
  }
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${ino}:${mtimeMs}:${size}`;
  } catch {
    return 'gone';
  }
}

function readEntry<T>(file: string, stamp: string, parse: (text: string) => T[]): Entry<T> {
  try {
    if (statSync(file).size > FILE_BYTES_MAX) throw new Error(`The file is larger than ${FILE_BYTES_MAX} bytes.`);
    return { stamp, values: parse(readFileSync(file, 'utf8')), error: null };
  } catch (error) {
    return { stamp, values: [], error: error instanceof Error ? error.message : String(error) };
  }
}
