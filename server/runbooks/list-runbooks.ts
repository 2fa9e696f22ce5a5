import { readdir } from 'node:fs/promises';
import type { Ctx } from '#server/context.ts';
import { readRunbook, titleOf } from './read-runbook.ts';
import { RunbookName, type Runbook } from './schema.ts';

const RUNBOOKS_MAX = 500;

/** The runbooks of config/runbooks by title; files whose name cannot stand in an address are left out. */
export async function listRunbooks({
  config,
}: {
  config: Pick<Ctx['config'], 'runbooksDir'>;
}): Promise<Pick<Runbook, 'name' | 'title'>[]> {
  const files = await readdir(config.runbooksDir).catch(() => []);
  const names = files
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .filter((name) => RunbookName.safeParse(name).success)
    .slice(0, RUNBOOKS_MAX);
  const runbooks = await Promise.all(
    names.map(async (name) => ({ name, title: titleOf((await readRunbook(config.runbooksDir, name)) ?? '', name) })),
  );
  return runbooks.toSorted((a, b) => a.title.localeCompare(b.title));
}
