import { percent, successOf, total } from './judge.ts';
import type { Advice, Counts, Result, Summary, Tick, Verdict } from './schema.ts';

const COUNT_WORDS = {
  served: 'served',
  limited: 'refused by limits',
  breaker: 'refused by breakers',
  failed: 'failed',
  unanswered: 'unanswered',
} as const satisfies Record<keyof Counts, string>;

/** One second of a test in a line of a terminal. */
export function describeTick(tick: Tick, summary: Summary): string {
  const bad = (Object.keys(COUNT_WORDS) as (keyof Counts)[])
    .filter((kind) => kind !== 'served' && summary.counts[kind] > 0)
    .map((kind) => `${summary.counts[kind]} ${COUNT_WORDS[kind]}`);
  const parts = [
    `${String(Math.round(tick.atS)).padStart(4)} s`,
    `${String(total(tick)).padStart(4)}/s`,
    `p50 ${ms(tick.p50Ms)}`,
    `p95 ${ms(tick.p95Ms)}`,
    `${served(summary.counts)} of ${total(summary.counts)} served`,
    ...bad,
  ];
  return parts.join('   ');
}

/** The end of a test as a terminal shows it: routes, counts, verdict, advice. */
export function describeResult(result: Result, verdict: Verdict, advice: readonly Advice[]): string {
  const { counts, waited, took, routes, statuses, visits, elapsedS } = result;
  const width = Math.max(5, ...routes.map(({ route }) => route.length));
  const table = routes.map((own) =>
    [
      own.route.padEnd(width),
      String(total(own.counts)).padStart(7),
      served(own.counts).padStart(8),
      ms(own.p50Ms).padStart(9),
      ms(own.p95Ms).padStart(9),
      ms(own.p99Ms).padStart(9),
      `  ${tally(own.statuses)}`,
    ].join(' '),
  );
  const counted = (Object.keys(COUNT_WORDS) as (keyof Counts)[]).map((kind) => `${counts[kind]} ${COUNT_WORDS[kind]}`);
  return [
    ['route'.padEnd(width), 'requests', '  served', '      p50', '      p95', '      p99', '   statuses'].join(' '),
    ...table,
    '',
    `Requests   ${total(counts)} in ${elapsedS} s (${(total(counts) / elapsedS).toFixed(1)}/s): ${counted.join(', ')}`,
    `Statuses   ${tally(statuses)}`,
    `Waited     p50 ${ms(waited.p50Ms)}, p95 ${ms(waited.p95Ms)}, p99 ${ms(waited.p99Ms)}, at most ${ms(waited.maxMs)} (from when a shopper wanted it)`,
    `Took       p50 ${ms(took.p50Ms)}, p95 ${ms(took.p95Ms)}, p99 ${ms(took.p99Ms)} (from when it was sent; refusals are in neither)`,
    `Visits     ${tally(visits) || 'none came to an end'}`,
    ...(result.addresses === 'one' ? ['Addresses  one: all shoppers share the quota of one client'] : []),
    '',
    ...advice.flatMap(({ title, detail }) => [`- ${title}`, `  ${detail}`]),
    '',
    result.isStopped ? 'STOPPED before its time: no verdict' : verdict.isPassed ? 'PASSED' : 'FAILED',
    ...verdict.reasons.map((reason) => `  ${reason}`),
  ].join('\n');
}

function tally(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([key, count]) => `${key === '0' ? 'no answer' : key} ${count}`)
    .join(', ');
}

function ms(value: number | null): string {
  if (value === null) return '–';
  return value >= 1_000 ? `${(value / 1_000).toPrecision(3)} s` : `${Number(value.toPrecision(3))} ms`;
}

function served(counts: Counts): string {
  const ratio = successOf(counts);
  return ratio === null ? '–' : percent(ratio);
}
