import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#server/errors.ts';
import { parseRuleFile } from '../parse-rule-file.ts';
import { rulesOf, type RuleGroup } from '../rule.ts';
import { parseTestFile } from './parse-test-file.ts';
import { runTest } from './run-test.ts';

/** As upstream, for evaluations and for the values of series. */
const INTERVAL_MS = 60_000;

/** Runs every test of a file in the format of `promtool test rules`; answers what failed, nothing when all passed. */
export async function runTestFile(file: string): Promise<string[]> {
  try {
    const parsed = parseTestFile(readFileSync(file, 'utf8'));
    const groups = readGroups(file, parsed.rule_files ?? []);
    const options = {
      groups: inOrder(groups, parsed.group_eval_order ?? []),
      evaluationMs: parsed.evaluation_interval || INTERVAL_MS,
      fuzzyCompare: parsed.fuzzy_compare,
    };
    const failures: string[] = [];
    for (const [place, test] of (parsed.tests ?? []).entries()) {
      const name = test.name ?? `test ${place + 1}`;
      const found = await runTest(test, options).catch((error: Error) => [error.message]);
      failures.push(...found.map((failure) => `name: ${name},\n  ${failure}`));
    }
    return failures;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function readGroups(testFile: string, patterns: readonly string[]): RuleGroup[] {
  const cwd = path.dirname(path.resolve(testFile));
  const files = patterns.flatMap((pattern) => {
    const found = globSync(pattern, { cwd }).toSorted();
    if (found.length === 0) throw new AppError('NOT_FOUND', `no file matches pattern ${path.resolve(cwd, pattern)}`);
    return found;
  });
  const groups = files.flatMap((file) => parseRuleFile(readFileSync(path.resolve(cwd, file), 'utf8'), file));
  const unread = rulesOf(groups).find(({ error }) => error !== null);
  if (unread) throw new AppError('BAD_REQUEST', `${unread.file}: ${unread.name}: ${unread.error}`);
  return groups;
}

function inOrder(groups: readonly RuleGroup[], order: readonly string[]): RuleGroup[] {
  const rank = ({ name }: RuleGroup) => (order.includes(name) ? order.indexOf(name) : order.length);
  return groups.toSorted((a, b) => rank(a) - rank(b));
}
