import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { TargetGroup } from './scrape-config.ts';

const Groups = z.array(TargetGroup).nullable();

/** Reads files of targets, JSON or YAML, by patterns; throws an Error that names the file that is wrong. */
export async function readTargetFiles(patterns: readonly string[], dir: string): Promise<TargetGroup[]> {
  const files = await Array.fromAsync(glob(patterns.map((pattern) => path.resolve(dir, pattern))));
  const groups = await Promise.all(
    files.toSorted().map(async (file) => {
      const result = Groups.safeParse(parseText(file, await readFile(file, 'utf8')));
      if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
      return (result.data ?? []).map(({ targets, labels }) => ({
        targets,
        labels: { ...labels, __meta_filepath: file },
      }));
    }),
  );
  return groups.flat();
}

function parseText(file: string, text: string): unknown {
  try {
    // JSON is YAML.
    return parse(text) as unknown;
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
