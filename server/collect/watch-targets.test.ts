import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createLog } from '#server/log.ts';
import type { Target } from './discovery/to-target.ts';
import { watchTargets } from './watch-targets.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-targets-'));
const file = path.join(dir, 'targets.yaml');
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const yaml = (job: string) => `scrape_configs: [{ job_name: ${job}, static_configs: [{ targets: ["a:1"] }] }]`;

it('is an error without a usable file, and follows one that changes through what is wrong in between', async () => {
  let seen: string[] = [];
  const watch = () =>
    watchTargets({
      file,
      variables: {},
      intervalMsDefault: 5_000,
      log: createLog('test', 'silent'),
      onChange: (targets: Target[]) => (seen = targets.map(({ job }) => job)),
    });
  expect(watch).toThrow(`${file} is missing`);
  writeFileSync(file, 'scrape_configs: nonsense');
  expect(watch).toThrow('The targets are not usable');

  writeFileSync(file, yaml('a'));
  const { stop } = watch();
  expect(seen).toEqual(['a']);
  writeFileSync(file, 'scrape_configs: [');
  writeFileSync(`${file}.new`, yaml('b'));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(seen).toEqual(['a']);
  renameSync(`${file}.new`, file);
  await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['b']);
  stop();
});
