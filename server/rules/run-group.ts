import { inSpan } from '#server/tracing/in-span.ts';
import type { Turns } from '#server/turns.ts';
import type { Clock } from './clock.ts';
import type { Evaluation, EvaluationContext } from './evaluate-rule.ts';
import { rulesWokenBy, type RuleEvent } from './event-metrics.ts';
import type { AnyRule, RuleGroup } from './rule.ts';
import { runPass, type Slot } from './run-pass.ts';
import { SeriesSet } from './series/series-set.ts';

/** A due time that is missed by clock jitter would be found only an interval later. */
const DUE_SLACK_MS = 5;

export interface GroupOptions {
  group: RuleGroup;
  intervalMs: number;
  context: EvaluationContext;
  clock: Clock;
  turns: Turns;
  /** What rules wrote that were here before, by their keys. */
  series: ReadonlyMap<string, SeriesSet>;
  /** The end of those that had the same rules before. */
  after: Promise<unknown>;
  onEvaluated: (rule: AnyRule, evaluation: Evaluation, seconds: number) => void;
}

export interface RunningGroup {
  group: RuleGroup;
  series: ReadonlyMap<string, SeriesSet>;
  wake: (event: RuleEvent) => void;
  stop: () => Promise<void>;
}

/** Keeps the rules of one group evaluated, in their order: all on the interval, some when an event arrives or their `for` ends. */
export function runGroup(given: GroupOptions): RunningGroup {
  const { group, intervalMs, clock, turns } = given;
  const options: GroupOptions = {
    ...given,
    onEvaluated: (...evaluated) => {
      given.onEvaluated(...evaluated);
      schedule();
    },
  };
  const slots = group.rules.map<Slot>((rule) => ({
    rule,
    series: options.series.get(rule.key) ?? new SeriesSet(),
    busy: options.after,
    dueMs: null,
    mayBeOpen: true,
  }));
  const slotsWokenBy = (event: RuleEvent) => {
    const rules = new Set(rulesWokenBy(event, group.rules));
    return slots.filter(({ rule }) => rules.has(rule));
  };
  const woken: Record<RuleEvent, Slot[]> = { circuit: slotsWokenBy('circuit'), integrity: slotsWokenBy('integrity') };
  const waiting = new Set<Slot>();
  let urgent: Promise<void> | null = null;
  let ticking: Promise<void> | null = null;
  let nextTickMs = -Infinity;
  let cancel: (() => void) | undefined;
  let stopped = false;

  const schedule = () => {
    cancel?.();
    if (stopped) return;
    const dues = slots.flatMap(({ dueMs }) => (dueMs === null ? [] : [dueMs + DUE_SLACK_MS]));
    const tick = ticking ? [] : [nextTickMs];
    const atMs = Math.min(...dues, ...tick);
    if (atMs !== Infinity) cancel = clock.after(Math.max(0, atMs - clock.now().getTime()), onTime);
  };
  const tick = () => {
    nextTickMs = clock.now().getTime() + intervalMs;
    // Evaluations on the clock share the store with people who look at pages.
    ticking = turns
      .take(() => pass(options, slots, () => stopped))
      .finally(() => {
        ticking = null;
        schedule();
      });
  };
  const hurry = (some: readonly Slot[]) => {
    for (const slot of some) waiting.add(slot);
    if (urgent || stopped || waiting.size === 0) return;
    const now = slots.filter((slot) => waiting.has(slot));
    waiting.clear();
    // No turn is awaited: people wait for this one.
    urgent = pass(options, now, () => stopped).finally(() => {
      urgent = null;
      if (waiting.size > 0) hurry([]);
      else schedule();
    });
  };
  const onTime = () => {
    const nowMs = clock.now().getTime();
    const due = slots.filter(({ dueMs }) => dueMs !== null && dueMs <= nowMs);
    for (const slot of due) slot.dueMs = null;
    if (!ticking && nowMs >= nextTickMs) tick();
    else hurry(due);
    schedule();
  };
  tick();
  schedule();
  return {
    group,
    series: new Map(slots.map(({ rule, series }) => [rule.key, series])),
    wake: (event) => hurry(woken[event]),
    stop: async () => {
      stopped = true;
      cancel?.();
      await ticking;
      // An event may have led to one more pass while the last was under way.
      for (let last = urgent; last; last = urgent) await last;
    },
  };
}

function pass(options: GroupOptions, slots: readonly Slot[], isStopped: () => boolean): Promise<void> {
  const attributes = { 'switchyard.rule_group': options.group.name };
  // Whatever woke it is over before it ends.
  return inSpan('evaluate rules', { root: true, attributes }, () => runPass(options, slots, isStopped));
}
