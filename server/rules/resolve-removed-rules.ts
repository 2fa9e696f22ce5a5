import { assertHeld } from '#server/leadership/lease.ts';
import type { EvaluationContext } from './evaluate-rule.ts';
import { readEpisodes } from './read-episodes.ts';
import { recordDecision } from './record-decision.ts';
import type { ConfigFolder } from '#server/config/config-folder.ts';
import { rulesOf, type RuleGroup } from './rule.ts';

/** Ends the alerts of rules that are no longer configured, and answers how many. With a file that cannot be read nothing is known to be removed. */
export async function resolveRemovedRules(
  context: EvaluationContext,
  rules: Pick<ConfigFolder<RuleGroup>, 'values' | 'errors'>,
): Promise<number> {
  if (rules.errors().length > 0) return 0;
  const { db, lease } = context;
  const keys = rulesOf(rules.values()).map(({ key }) => key);
  const now = context.now();
  const gone = { ruleKey: { notIn: keys } };
  // What other programs pushed belongs to no rule.
  const ours = { openKey: { not: null }, expiresAt: null };
  return db.$transaction(async (tx) => {
    await assertHeld(tx, lease);
    await tx.ruleEvaluation.deleteMany({ where: gone });
    const orphans = await tx.alert.findMany({
      where: { ...gone, ...ours },
      distinct: ['ruleKey'],
      select: { ruleKey: true, rule: true },
    });
    let ended = 0;
    for (const { ruleKey, rule } of orphans) {
      const previous = await readEpisodes(tx, ruleKey);
      const reason = 'the rule was removed';
      const transitions = previous.map((episode) => ({
        to: episode.state === 'firing' ? ('resolved' as const) : ('dropped' as const),
        episode,
        reason,
      }));
      const decision = { next: [], transitions, dueMs: null };
      await recordDecision(tx, { rule: { key: ruleKey, name: rule }, previous, decision, now });
      ended += transitions.length;
    }
    return ended;
  });
}
