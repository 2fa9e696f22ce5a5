import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';

export interface KeptFile<T> {
  /** Null when there is none yet; throws when there is one that cannot be used. */
  read: () => T | null;
  write: (value: T) => void;
}

/** What one instance knew last, so that it needs nobody to start as it ended: `dataDir`/gateway/… */
export function openKeptFile<T>(dataDir: string, name: string, schema: z.ZodType<T>): KeptFile<T> {
  const file = path.join(dataDir, 'gateway', name);
  return {
    read: () => {
      try {
        return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw new Error(`${file} cannot be used; the next one will take its place.`, { cause });
      }
    },
    write: (value) => {
      mkdirSync(path.dirname(file), { recursive: true });
      // By rename: a gateway that dies here leaves the old one or the new one, whole.
      writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
