import type { ConfigFolder } from '#server/config/config-folder.ts';
import { createTurns } from '#server/turns.ts';
import { systemClock, type Clock } from './clock.ts';
import type { EvaluationContext } from './evaluate-rule.ts';
import type { RuleEvent } from './event-metrics.ts';
import { resolveRemovedRules } from './resolve-removed-rules.ts';
import type { RuleGroup } from './rule.ts';
import { runGroup, type RunningGroup } from './run-group.ts';
import type { RuleReport } from './save-health.ts';
import type { SeriesSet } from './series/series-set.ts';

/** Groups that are evaluated on the clock at a time: more would only take turns in the store. */
const ON_CLOCK_MAX = 4;

export interface EvaluatorOptions {
  context: EvaluationContext;
  rules: Pick<ConfigFolder<RuleGroup>, 'values' | 'errors'>;
  intervalMs: number;
  /** After an evaluation changed alerts: there may be something to send. */
  onTransitions: () => void;
  onEvaluated?: ((rule: string, health: RuleReport['health'], seconds: number) => void) | undefined;
  clock?: Clock;
}

export interface Evaluator {
  /** Evaluates at once the rules that watch this kind of event. */
  wake: (event: RuleEvent) => void;
  /** Takes the rules as they are configured now. */
  sync: () => void;
  stop: () => Promise<void>;
}

/** Keeps every group of rules evaluated, and ends what a group that is gone or changed no longer makes. */
export function runEvaluator(options: EvaluatorOptions): Evaluator {
  const { context, rules, intervalMs, onTransitions, onEvaluated } = options;
  const clock = options.clock ?? systemClock(context.now);
  const turns = createTurns(ON_CLOCK_MAX);
  let running = new Map<string, RunningGroup>();
  let settled: Promise<unknown> = Promise.resolve();

  const start = (group: RuleGroup, series: ReadonlyMap<string, SeriesSet>, after: Promise<unknown>) =>
    runGroup({
      group,
      intervalMs: group.intervalMs ?? intervalMs,
      context,
      clock,
      turns,
      series,
      after,
      onEvaluated: (rule, { report, transitions }, seconds) => {
        onEvaluated?.(rule.name, report.health, seconds);
        if (transitions > 0) onTransitions();
      },
    });
  const replace = async (old: RunningGroup, group: RuleGroup | undefined) => {
    await old.stop();
    const kept = new Set(group?.rules.map(({ key }) => key));
    const ended = [...old.series].filter(([key]) => !kept.has(key)).map(([, series]) => series);
    const nowMs = clock.now().getTime();
    await context.writer.write(ended.flatMap((series) => series.end(nowMs)));
  };
  const sync = () => {
    const next = new Map<string, RunningGroup>();
    const work: Promise<unknown>[] = [];
    for (const group of rules.values()) {
      const key = keyOf(group);
      const known = running.get(key);
      if (known && isSame(known.group, group)) {
        next.set(key, known);
        continue;
      }
      if (known) work.push(replace(known, group));
      next.set(key, start(group, known?.series ?? new Map(), known?.stop() ?? Promise.resolve()));
    }
    for (const [key, known] of running) if (!next.has(key)) work.push(replace(known, undefined));
    running = next;
    work.push(resolveRemovedRules(context, rules).then((ended) => ended > 0 && onTransitions()));
    settled = Promise.allSettled([settled, ...work]).then((results) => {
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) context.log.warn({ err: failed.reason as unknown }, 'what removed rules made could not be ended');
    });
  };

  sync();
  return {
    wake: (event) => {
      for (const group of running.values()) group.wake(event);
    },
    sync,
    stop: async () => {
      await Promise.all([...running.values()].map((group) => group.stop()));
      await settled;
    },
  };
}

function keyOf({ file, name }: RuleGroup): string {
  return JSON.stringify([file, name]);
}

function isSame(a: RuleGroup, b: RuleGroup): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
