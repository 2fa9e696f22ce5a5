import type { SampleWindow } from '#server/promql/evaluate/evaluation.ts';
import { queryRule } from './query-rule.ts';
import type { AnyRule } from './rule.ts';

/**
 * The windows that rules will read, found by evaluating them over nothing: what an expression reads does not depend on what it
 * finds. info() is the exception, whose info metrics are then read by themselves.
 */
export async function windowsOfRules(rules: readonly AnyRule[], timeMs: number): Promise<SampleWindow[]> {
  const windows: SampleWindow[] = [];
  const source = {
    read: async (window: SampleWindow) => {
      windows.push(window);
      return [];
    },
  };
  // One that cannot be evaluated says so when it is.
  await Promise.allSettled(rules.map((rule) => queryRule(rule, source, timeMs)));
  return windows;
}
