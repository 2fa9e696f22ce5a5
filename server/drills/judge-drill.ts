import type { CircuitTransition } from '#server/circuits/schema.ts';
import { percent, successOf } from '#server/load-tests/judge.ts';
import type { Counts, Tick } from '#server/load-tests/schema.ts';
import type { Scenario } from './scenarios.ts';
import type { Answer } from './schema.ts';

export interface FiredAlert {
  rule: string;
  labels: Readonly<Record<string, string>>;
  firedMs: number;
}

export interface DrillFacts {
  scenario: Pick<Scenario, 'breakers' | 'breakerWithinS' | 'recoverWithinS' | 'mayFollow'>;
  /** Names of the services, to tell alerts about them from those about the machine. */
  fleet: readonly string[];
  faultMs: number;
  faultRemovedMs: number;
  /** Null: not in the time that was given. */
  recoveredMs: number | null;
  transitions: readonly Pick<CircuitTransition, 'name' | 'state' | 'tMs'>[];
  /** That fired since the fault was put in. */
  alerts: readonly FiredAlert[];
  /** Since the fault was put in, by check; null where a check could not run. */
  violations: readonly { check: string; rows: number | null }[];
}

/** The questions of a drill, answered from what was measured. */
export function judgeDrill(facts: DrillFacts): Answer[] {
  const { expected, others, unrelated } = sortAlerts(facts);
  return [
    breakerOpened(facts),
    rightAlert(facts, expected),
    onlyIt(others, unrelated),
    integrityHeld(facts),
    recovered(facts),
  ];
}

function breakerOpened({ scenario, transitions, faultMs }: DrillFacts): Answer {
  const { breakers, breakerWithinS } = scenario;
  const [opened] = transitions
    .filter(({ name, state, tMs }) => breakers.includes(name) && state === 'open' && tMs >= faultMs)
    .toSorted((a, b) => a.tMs - b.tMs);
  const question = `Did the breaker open within ${breakerWithinS} s?`;
  if (!opened)
    return {
      question,
      passed: false,
      answer: 'it did not open',
      detail: `Watched: ${breakers.join(', ')}, of every gateway.`,
    };
  const afterS = (opened.tMs - faultMs) / 1_000;
  return {
    question,
    passed: afterS <= breakerWithinS,
    answer: `after ${seconds(afterS)}`,
    detail: `The gateway's breaker of ${opened.name}.`,
  };
}

function rightAlert({ scenario, faultMs }: DrillFacts, expected: readonly FiredAlert[]): Answer {
  const question = 'Did the right alert fire?';
  const [first] = expected.toSorted((a, b) => a.firedMs - b.firedMs);
  if (!first)
    return {
      question,
      passed: false,
      answer: 'it did not',
      detail: `Awaited: CircuitOpen of ${scenario.breakers.join(' or ')}.`,
    };
  return {
    question,
    passed: true,
    answer: `after ${seconds((first.firedMs - faultMs) / 1_000)}`,
    detail: `${nameOf(first)}.`,
  };
}

function onlyIt(others: readonly FiredAlert[], unrelated: readonly FiredAlert[]): Answer {
  const question = 'And no alert that points elsewhere?';
  const aside = unrelated.length > 0 ? ` Not about the shop: ${listOf(unrelated)}.` : '';
  if (others.length === 0)
    return { question, passed: true, answer: 'none', detail: `All that fired name the same cause.${aside}` };
  return { question, passed: false, answer: `${others.length} more`, detail: `${listOf(others)}.${aside}` };
}

function integrityHeld({ violations }: DrillFacts): Answer {
  const question = 'Did integrity hold?';
  const unknown = violations.filter(({ rows }) => rows === null).map(({ check }) => check);
  const broken = violations.filter(({ rows }) => (rows ?? 0) > 0);
  if (broken.length > 0) {
    const rows = broken.reduce((sum, own) => sum + (own.rows ?? 0), 0);
    return {
      question,
      passed: false,
      answer: `${rows} new violating ${rows === 1 ? 'row' : 'rows'}`,
      detail: `${broken.map((own) => `${own.check} ${own.rows}`).join(', ')}.`,
    };
  }
  if (unknown.length > 0 || violations.length === 0)
    return {
      question,
      passed: false,
      answer: 'nobody knows',
      detail: `Could not run: ${unknown.join(', ') || 'no check is set up'}.`,
    };
  return {
    question,
    passed: true,
    answer: 'it held',
    detail: `${violations.length} checks ran after the rows had a minute to settle: no new violating row.`,
  };
}

function recovered({ scenario, faultRemovedMs, recoveredMs }: DrillFacts): Answer {
  const question = `Back to normal within ${scenario.recoverWithinS} s?`;
  const detail = 'Every breaker closed, and five seconds in which every shopper was served.';
  if (recoveredMs === null) return { question, passed: false, answer: 'not while we watched', detail };
  const tookS = (recoveredMs - faultRemovedMs) / 1_000;
  return { question, passed: tookS <= scenario.recoverWithinS, answer: `after ${seconds(tookS)}`, detail };
}

function sortAlerts({ alerts, scenario, fleet }: DrillFacts) {
  const isExpected = ({ rule, labels }: FiredAlert) =>
    rule === 'CircuitOpen' && scenario.breakers.includes(labels.name ?? '');
  const follows = ({ rule, labels }: FiredAlert) => scenario.mayFollow[rule]?.includes(labels.service ?? '') ?? false;
  const isOfShop = ({ labels }: FiredAlert) =>
    labels.check !== undefined || [labels.service, labels.name, labels.job].some((name) => fleet.includes(name ?? ''));
  const left = alerts.filter((alert) => !isExpected(alert) && !follows(alert));
  return {
    expected: alerts.filter(isExpected),
    others: left.filter(isOfShop),
    unrelated: left.filter((alert) => !isOfShop(alert)),
  };
}

const QUIET_S = 5;

/** Since when every shopper has been served, if that is so for five seconds or more; seconds from the start of the shopping. */
export function calmSince(ticks: readonly Tick[], fromS: number): number | null {
  let sinceS: number | null = null;
  for (const tick of ticks) {
    if (tick.atS <= fromS) continue;
    const isCalm = tick.served > 0 && tick.failed + tick.unanswered + tick.breaker === 0;
    if (!isCalm) sinceS = null;
    // A tick tells of the second before it.
    else sinceS ??= tick.atS - 1;
  }
  const last = ticks.at(-1);
  return sinceS !== null && last && last.atS - sinceS >= QUIET_S ? Math.max(sinceS, fromS) : null;
}

/** Why the shop is not fit for a drill, or null: what fails already proves nothing. */
export function whyUnfit(counts: Counts): string | null {
  const ratio = successOf(counts);
  if (ratio === null) return 'No shopper got an answer before the fault.';
  return ratio < 0.95
    ? `Only ${percent(ratio)} of the requests were served before the fault: heal the shop first.`
    : null;
}

function seconds(value: number): string {
  return `${Math.max(0, value).toFixed(1)} s`;
}

function nameOf({ rule, labels }: FiredAlert): string {
  const of = labels.name ?? labels.service ?? labels.check ?? labels.job;
  return of ? `${rule} (${of})` : rule;
}

function listOf(alerts: readonly FiredAlert[]): string {
  return [...new Set(alerts.map(nameOf))].join(', ');
}
