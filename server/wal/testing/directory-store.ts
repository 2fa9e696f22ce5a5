import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Insert } from '../lane.ts';

/** A store that is one file per token, written whole or not at all: what a token promises, in a directory. */
export function directoryStore(dir: string): Insert {
  mkdirSync(dir, { recursive: true });
  return async (_table, payload, token) => {
    const file = path.join(dir, token);
    writeFileSync(`${file}.tmp`, payload);
    renameSync(`${file}.tmp`, file);
  };
}

/** The lines of all payloads. */
export function storedLines(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => !name.endsWith('.tmp'))
    .flatMap((name) => readFileSync(path.join(dir, name), 'utf8').split('\n').filter(Boolean));
}
