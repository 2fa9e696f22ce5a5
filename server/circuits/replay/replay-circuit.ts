import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { readCircuitInstances } from '#server/store/queries/circuit-instances.ts';
import { readCircuitTransitions } from '#server/store/queries/circuit-transitions.ts';
import { CALL_OUTCOMES, readRecordedCalls, type RecordedCalls } from '#server/store/queries/recorded-calls.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { replayCalls, type RecordedCall, type Replay } from '#services/gateway/breaker/replay-calls.ts';
import { OPERABLE_REPORTER } from '../find-operable.ts';
import type { CircuitSettings } from '../schema.ts';
import { settingsInForce } from '../settings.ts';
import type { CircuitReplay, ReplayCircuitInput, ReplayedCircuit } from './schema.ts';

/** What one answer reads and replays in about a second. */
const CALLS_MAX = 250_000;
const TRANSITIONS_MAX = 500;

type ReplayContext = Pick<Ctx, 'store' | 'gateways' | 'now'>;

/** What a breaker would have done with the calls of the range under other settings, beside what it did. */
export async function replayCircuit(
  ctx: ReplayContext,
  { reporter, name, range, settings }: z.output<typeof ReplayCircuitInput>,
  callsMax = CALLS_MAX,
): Promise<CircuitReplay> {
  checkRange(range);
  const breaker = { reporter, name };
  const current = await currentSettings(ctx, breaker);
  const [recorded, moves] = await Promise.all([
    readRecordedCalls(ctx.store, { range, ...breaker, callsMax }),
    readCircuitTransitions(ctx.store, { range, ...breaker, limit: TRANSITIONS_MAX }),
  ]);
  const gateways = recorded.map((columns) => ({ instance: columns.instance, calls: toCalls(columns, range.fromMs) }));
  const all = gateways.flatMap(({ calls }) => calls);
  const firstMs = all.reduce((min, { startMs }) => Math.min(min, startMs), Infinity);
  // What came before the first call nobody recorded, or there was too much to read.
  const covered = all.length === 0 ? range : { ...range, fromMs: Math.floor(firstMs) };
  const inside = moves.filter(({ tMs }) => tMs >= covered.fromMs);
  const replay = (wanted: CircuitSettings) => replayAll(gateways, { wanted, current, range: covered });
  return {
    range: covered,
    calls: all.length,
    isCut: all.length >= callsMax,
    sampled: recorded.reduce((sum, { sampled }) => sum + sampled, 0),
    instances: gateways.length,
    timedOut: all.filter(({ outcome }) => outcome === 'timeout').length,
    real: {
      opened: inside.filter(({ state, previousState }) => state === 'open' && previousState === 'closed').length,
      refused: all.filter(({ outcome }) => outcome === 'rejected').length,
      forced: inside.filter(({ state }) => state === 'forced_open' || state === 'forced_closed').length,
    },
    inForce: await replay(current),
    candidate: await replay({ ...current, ...settings }),
  };
}

/** As the gateway says; those that the last transition carried where it cannot be asked. */
async function currentSettings(
  { store, gateways, now }: ReplayContext,
  { reporter, name }: { reporter: string; name: string },
): Promise<CircuitSettings> {
  const circuits = gateways.status().flatMap(({ held }) => held?.circuits ?? []);
  const own = reporter === OPERABLE_REPORTER ? circuits.find(({ service }) => service === name) : undefined;
  if (own) return settingsInForce(own);
  const rows = await readCircuitInstances(store, now().getTime());
  const last = rows.find((row) => row.reporter === reporter && row.name === name);
  if (!last) throw new AppError('NOT_FOUND', `${reporter} has not told of a breaker to ${name}.`);
  return {
    failureThreshold: Math.max(1, last.threshold),
    resetTimeoutMs: Math.max(1, last.resetTimeoutMs),
    halfOpenSuccessCount: Math.max(1, last.halfOpenSuccessCount),
    windowMs: 0,
    failurePercent: 50,
    answerTimeoutMs: null,
    retriesMax: null,
  };
}

function toCalls(columns: RecordedCalls, fromMs: number): RecordedCall[] {
  return columns.startsUs
    .map((startUs, index) => ({
      startMs: fromMs + startUs / 1000,
      durationMs: columns.durationsUs[index]! / 1000,
      outcome: CALL_OUTCOMES[columns.outcomes[index]!]!,
      callee: columns.callees[index]!,
      isRetry: columns.retries[index] === 1,
    }))
    .toSorted((a, b) => a.startMs - b.startMs);
}

/** Every gateway decides for itself, so each has its own replay. */
async function replayAll(
  gateways: readonly { instance: string; calls: RecordedCall[] }[],
  { wanted, current, range }: { wanted: CircuitSettings; current: CircuitSettings; range: TimeRange },
): Promise<ReplayedCircuit> {
  const isShorter =
    wanted.answerTimeoutMs !== null &&
    (current.answerTimeoutMs === null || wanted.answerTimeoutMs < current.answerTimeoutMs);
  const sum: ReplayedCircuit = {
    settings: wanted,
    opened: 0,
    refused: { good: 0, failing: 0, unknown: 0 },
    passed: { good: 0, failing: 0, unknown: 0 },
    cut: 0,
    retries: { leftOut: 0, healing: 0 },
    transitions: [],
  };
  for (const { instance, calls } of gateways) {
    const replay = await inTurns(
      replayCalls(calls, {
        settings: { ...wanted, answerTimeoutMs: undefined, retriesMax: undefined },
        fromMs: range.fromMs,
        cutAfterMs: isShorter ? wanted.answerTimeoutMs! : undefined,
        withoutRetries: wanted.retriesMax === 0 && current.retriesMax !== 0,
      }),
    );
    sum.opened += replay.opened;
    sum.cut += replay.cut;
    for (const kind of ['good', 'failing', 'unknown'] as const) {
      sum.refused[kind] += replay.refused[kind];
      sum.passed[kind] += replay.passed[kind];
    }
    sum.retries.leftOut += replay.retries.leftOut;
    sum.retries.healing += replay.retries.healing;
    sum.transitions.push(...replay.transitions.slice(0, TRANSITIONS_MAX).map((move) => ({ ...move, instance })));
  }
  return sum;
}

/** Others are served between the steps. */
async function inTurns(steps: Generator<void, Replay>): Promise<Replay> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
