import type { LimitsReplay, ReplayedTier } from '#server/limits/schema.ts';
import { formatDuration, formatSpan } from '#components/format/duration.ts';
import { countOf, formatInteger } from '#components/format/number.ts';

/** "100 in 1 min" */
export function describeTier({ quota, windowMs }: { quota: number; windowMs: number }): string {
  return `${formatInteger(quota)} in ${formatDuration(windowMs)}`;
}

function isChanged({ quota, windowMs, candidateQuota, candidateWindowMs }: ReplayedTier): boolean {
  return candidateQuota !== quota || candidateWindowMs !== windowMs;
}

function candidateOf({ candidateQuota, candidateWindowMs }: ReplayedTier): string {
  return describeTier({ quota: candidateQuota, windowMs: candidateWindowMs });
}

/** "60 in 1 min → 100 in 1 min" */
export function describeChange(tier: ReplayedTier): string {
  return isChanged(tier) ? `${describeTier(tier)} → ${candidateOf(tier)}` : describeTier(tier);
}

/** The answer in a sentence: "With 100 in 1 min instead of 60 in 1 min (long) 12 requests would have been refused instead of 480." */
export function describeOutcome({ total, tiers }: LimitsReplay, hasCandidate: boolean): string {
  if (!hasCandidate) {
    const refused =
      total.really === 0
        ? 'No request was'
        : `${countOf(total.really, 'request')} ${total.really === 1 ? 'was' : 'were'}`;
    return `${refused} refused. Change a limit to compare.`;
  }
  const changes = tiers
    .filter(isChanged)
    .map((tier) => `${candidateOf(tier)} instead of ${describeTier(tier)} (${tier.name})`);
  const refused = total.candidate === 0 ? 'no request' : countOf(total.candidate, 'request');
  const before =
    total.candidate === total.inForce ? ', as with what is in force' : ` instead of ${formatInteger(total.inForce)}`;
  return `With ${changes.join(', ')} ${refused} would have been refused${before}.`;
}

/** What was read, and all that a replay of it cannot know. */
export function describeRests({
  requests,
  range,
  isCut,
  sampled,
  instances,
  isShared,
  total,
  tiers,
}: LimitsReplay): string[] {
  const read = `${countOf(requests, 'request')} read, of ${formatSpan(range.toMs - range.fromMs)}, that ${countOf(instances, 'gateway')} counted${isShared ? ', all together' : instances > 1 ? ', each for itself' : ''}.`;
  const login = tiers.at(-1);
  return [
    isCut ? `${read} There were more; these are the newest.` : read,
    `The limits in force refuse ${formatInteger(total.inForce)} of them when they are replayed; really it was ${formatInteger(total.really)}.${total.inForce === total.really ? '' : ' The first window is not known in full, and limits may have been others then: trust the difference, not the size.'}`,
    sampled > 0 &&
      `${countOf(sampled, 'request')} belong to traces of which only a share was kept: there were more, and more would be refused.`,
    login !== undefined &&
      `Tries to log in (${login.name}) are counted by client and account, and only those that the other limits let through are known.`,
    'A client that is refused waits, or sends more; what it would have sent otherwise is in no recording.',
  ].filter((line) => line !== false);
}
