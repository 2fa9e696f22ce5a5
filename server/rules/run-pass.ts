import { createSourceAhead } from '#server/promql/read/store-source.ts';
import type { Clock } from './clock.ts';
import { evaluateRule, reportFailure, type Evaluation, type EvaluationContext } from './evaluate-rule.ts';
import type { AnyRule } from './rule.ts';
import { saveHealth } from './save-health.ts';
import { PendingSamples } from './series/pending-samples.ts';
import type { SeriesSet } from './series/series-set.ts';
import { windowsOfRules } from './windows-of-rules.ts';

/** A rule, and what its evaluations left for the next one. */
export interface Slot {
  rule: AnyRule;
  series: SeriesSet;
  /** The evaluation that is under way: a rule is evaluated by one at a time. */
  busy: Promise<unknown>;
  dueMs: number | null;
  mayBeOpen: boolean;
}

export interface PassOptions {
  context: EvaluationContext;
  clock: Clock;
  onEvaluated: (rule: AnyRule, evaluation: Evaluation, seconds: number) => void;
}

interface Done {
  slot: Slot;
  evaluation: Evaluation;
}

/** Evaluates rules one after the other at the same moment; each sees what those before it made, and all is written at the end. */
export async function runPass(
  { context, clock, onEvaluated }: PassOptions,
  slots: readonly Slot[],
  isStopped: () => boolean,
): Promise<void> {
  const now = clock.now();
  const pending = new PendingSamples();
  const rules = slots.map(({ rule }) => rule);
  const source = pending.over(await createSourceAhead(context.store, await windowsOfRules(rules, now.getTime())));
  const done: Done[] = [];
  for (const slot of slots) {
    if (isStopped()) break;
    const evaluating = slot.busy.then(async () => {
      const startedMs = performance.now();
      const { series, mayBeOpen } = slot;
      const evaluation = await evaluateRule(context, slot.rule, { source, now, series, mayBeOpen });
      slot.dueMs = evaluation.dueMs;
      slot.mayBeOpen = evaluation.mayBeOpen;
      onEvaluated(slot.rule, evaluation, (performance.now() - startedMs) / 1_000);
      return evaluation;
    });
    slot.busy = evaluating;
    const evaluation = await evaluating;
    pending.add(evaluation.samples);
    done.push({ slot, evaluation });
  }
  await write(context, now, done, pending);
}

/** How the rules are first: who no longer holds the role must not write samples either. */
async function write(context: EvaluationContext, now: Date, done: readonly Done[], { samples }: PendingSamples) {
  const { db, lease, writer, log } = context;
  try {
    await saveHealth(
      db,
      lease,
      done.map(({ evaluation }) => evaluation.report),
    );
  } catch (error) {
    forget(done);
    log.warn({ err: error }, 'how rules are could not be stored, and what they made is not written');
    return;
  }
  try {
    await writer.write(samples);
  } catch (error) {
    forget(done);
    log.warn({ err: error }, 'what rules made could not be written');
    const recording = done.filter(
      ({ slot, evaluation }) => slot.rule.kind === 'record' && evaluation.report.health === 'ok',
    );
    const reports = recording.map(({ slot }) => reportFailure(context, slot.rule, now, 0, error));
    await saveHealth(db, lease, reports).catch((cause: unknown) =>
      log.warn({ err: cause }, 'how rules are could not be stored'),
    );
  }
}

function forget(done: readonly Done[]): void {
  for (const { slot, evaluation } of done) slot.series.lost(evaluation.samples);
}
