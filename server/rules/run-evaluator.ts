import type { ConfigFolder } from '#server/config/config-folder.ts';
import { createTurns, type Turns } from '#server/turns.ts';
import { evaluateRule, type Evaluation, type EvaluationContext } from './evaluate-rule.ts';
import { MEASURES } from './measures/index.ts';
import type { Measure } from './measures/measure.ts';
import type { AlertRule } from './parse-rule-file.ts';
import { resolveRemovedRules } from './resolve-removed-rules.ts';

/** Evaluations on the clock share the store with people who look at pages. Rules that watch events do not wait for a turn. */
const ON_CLOCK_MAX = 4;
/** A due time that is missed by clock jitter would be found only an interval later. */
const DUE_SLACK_MS = 5;

export interface EvaluatorOptions {
  context: EvaluationContext;
  rules: Pick<ConfigFolder<AlertRule>, 'values' | 'errors'>;
  intervalMs: number;
  /** After an evaluation changed alerts: there may be something to send. */
  onTransitions: () => void;
  onEvaluated?: ((rule: string, health: Evaluation['health'], seconds: number) => void) | undefined;
}

export interface Evaluator {
  /** Evaluates at once the rules that watch this kind of event. */
  wake: (kind: NonNullable<Measure['wokenBy']>) => void;
  /** Takes the rules as they are configured now. */
  sync: () => void;
  stop: () => Promise<void>;
}

/** Keeps every rule evaluated: on its interval, when an event arrives, and when `for` or `keep_firing_for` ends. */
export function runEvaluator(options: EvaluatorOptions): Evaluator {
  const { context, rules, intervalMs, onTransitions, onEvaluated } = options;
  const turns = createTurns(ON_CLOCK_MAX);
  let running = new Map<string, RunningRule>();
  let settled: Promise<unknown> = Promise.resolve();

  const start = (rule: AlertRule) =>
    runRule({ rule, intervalMs: rule.intervalMs ?? intervalMs, turns, now: context.now }, async () => {
      const startedMs = performance.now();
      const evaluation = await evaluateRule(context, rule);
      onEvaluated?.(rule.name, evaluation.health, (performance.now() - startedMs) / 1_000);
      if (evaluation.transitions > 0) onTransitions();
      return evaluation;
    });
  const sync = () => {
    const next = new Map<string, RunningRule>();
    for (const rule of rules.values()) {
      const known = running.get(rule.key);
      if (known && isSame(known.rule, rule)) next.set(rule.key, known);
      else {
        void known?.stop();
        next.set(rule.key, start(rule));
      }
    }
    for (const [key, known] of running) if (!next.has(key)) void known.stop();
    running = next;
    settled = resolveRemovedRules(context, rules).then(
      (ended) => ended > 0 && onTransitions(),
      (error: unknown) => context.log.warn({ err: error }, 'alerts of removed rules could not be ended'),
    );
  };

  sync();
  return {
    wake: (kind) => {
      for (const { rule, wake } of running.values()) if (wokenBy(rule) === kind) wake();
    },
    sync,
    stop: async () => {
      await Promise.all([...running.values()].map((known) => known.stop()));
      await settled;
    },
  };
}

interface RunningRule {
  rule: AlertRule;
  wake: () => void;
  stop: () => Promise<void>;
}

/** One rule, one evaluation at a time; an event that arrives during one leads to another. */
function runRule(
  { rule, intervalMs, turns, now }: { rule: AlertRule; intervalMs: number; turns: Turns; now: () => Date },
  evaluate: () => Promise<Evaluation>,
): RunningRule {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | null = null;
  let wokenAgain = false;
  let stopped = false;

  const run = (urgent: boolean) => {
    if (stopped) return;
    if (current) {
      wokenAgain ||= urgent;
      return;
    }
    clearTimeout(timer);
    current = (wokenBy(rule) ? evaluate() : turns.take(evaluate)).then(({ dueMs }) => {
      current = null;
      if (wokenAgain) {
        wokenAgain = false;
        run(true);
        return;
      }
      const untilDueMs = dueMs === null ? intervalMs : Math.max(dueMs - now().getTime() + DUE_SLACK_MS, 0);
      if (!stopped) timer = setTimeout(() => run(untilDueMs < intervalMs), Math.min(untilDueMs, intervalMs));
    });
  };
  run(false);
  return {
    rule,
    wake: () => run(true),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

function wokenBy(rule: AlertRule): Measure['wokenBy'] {
  return rule.expr && MEASURES[rule.expr.measure].wokenBy;
}

function isSame(a: AlertRule, b: AlertRule): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
