import type { SloHealth } from '#server/slos/schema.ts';
import { enumerate } from '#components/format/enumerate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { formatTarget } from './slo-state.ts';

/** How the objectives stand, in words for people who read no charts. */
export function summariseHealth(objectives: readonly SloHealth[]): string[] {
  if (objectives.length === 0) return ['No objective is set, so nothing is promised.'];
  const measured = objectives.filter(({ status }) => status !== 'no_data');
  const missed = measured.filter(({ status }) => status === 'missed');
  const burning = measured.filter(({ status }) => status === 'burning');
  const low = measured.filter(({ status }) => status === 'low');
  const sentences = [verdict(measured.length, missed.length)];
  for (const slo of missed.toSorted((a, b) => (a.budgetLeft ?? 0) - (b.budgetLeft ?? 0)).slice(0, 3)) {
    sentences.push(`${slo.service} ${reached(slo)}, and ${formatTarget(slo.target)} was promised.`);
  }
  if (burning.length > 0)
    sentences.push(`${names(burning)} still ${holds(burning)}, but failures come much faster than the budget allows.`);
  if (low.length > 0) sentences.push(`${names(low)} ${low.length === 1 ? 'has' : 'have'} little error budget left.`);
  const silent = objectives.length - measured.length;
  if (silent > 0 && measured.length > 0)
    sentences.push(`Nothing was measured for ${silent === 1 ? 'one more' : `${silent} more`}.`);
  return sentences;
}

function verdict(measured: number, missed: number): string {
  if (measured === 0) return 'Nothing was measured yet, so no objective can be judged.';
  if (missed === 0)
    return measured === 1 ? 'The one objective is met.' : `All ${measured} measured objectives are met.`;
  return `${measured - missed} of ${measured} measured objectives are met.`;
}

function reached({ kind, achieved, thresholdMs, windowDays }: SloHealth): string {
  const share = formatRatio(achieved);
  const over = `over ${windowDays} days`;
  return kind === 'latency'
    ? `answered ${share} of requests within ${thresholdMs} ms ${over}`
    : `answered ${share} of requests without an error ${over}`;
}

function names(slos: readonly SloHealth[]): string {
  return enumerate([...new Set(slos.map(({ service }) => service))]);
}

function holds(slos: readonly SloHealth[]): string {
  return new Set(slos.map(({ service }) => service)).size === 1 ? 'holds' : 'hold';
}
