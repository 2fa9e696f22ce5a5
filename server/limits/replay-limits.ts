import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { OPERABLE_REPORTER } from '#server/circuits/find-operable.ts';
import { AppError } from '#server/errors.ts';
import type { HeldLimits } from '#server/gateway/document.ts';
import { readRecordedRequests, type RecordedRequests } from '#server/store/queries/recorded-requests.ts';
import { checkRange } from '#server/time/check-range.ts';
import { replayRequests } from '#services/gateway/limits/replay-requests.ts';
import type { LimitsReplay, ReplayLimitsInput } from './schema.ts';
import { tallyRefusals, type CountedRequest } from './tally-refusals.ts';

/** What one answer reads and replays in about a second. */
const REQUESTS_MAX = 250_000;

/** What other limits would have refused of the requests of the range, beside what was refused. */
export async function replayLimits(
  { store, gateways }: Pick<Ctx, 'store' | 'gateways'>,
  { range, tiers: asked }: z.output<typeof ReplayLimitsInput>,
  requestsMax = REQUESTS_MAX,
): Promise<LimitsReplay> {
  checkRange(range);
  const limits = gateways.status().find(({ held }) => held?.limits)?.held?.limits;
  if (!limits)
    throw new AppError('CONFLICT', 'No gateway has told its limits: none has answered on its admin port yet.');
  const inForce = [...limits.tiers, limits.login];
  const unknown = Object.keys(asked).find((name) => !inForce.some((tier) => tier.name === name));
  if (unknown !== undefined) throw new AppError('BAD_REQUEST', `The gateway has no tier ${unknown}.`);
  const candidate = inForce.map((tier) => ({
    ...tier,
    quota: asked[tier.name]?.quota ?? tier.quota,
    windowMs: asked[tier.name]?.windowMs ?? tier.windowMs,
  }));

  const recorded = await readRecordedRequests(store, { range, service: OPERABLE_REPORTER, requestsMax });
  const requests = recorded.flatMap((columns) => toRequests(columns, range.fromMs));
  const counters = limits.isShared ? [requests] : Object.values(Object.groupBy(requests, ({ instance }) => instance));
  for (const own of counters) {
    const sorted = own!.toSorted((a, b) => a.startMs - b.startMs);
    await decideAll(sorted, limits, inForce, 'inForce');
    await decideAll(sorted, limits, candidate, 'candidate');
  }
  // What came before the first request nobody recorded, or there was too much to read.
  const firstMs = requests.reduce((min, { startMs }) => Math.min(min, startMs), Infinity);
  return {
    range: requests.length === 0 ? range : { ...range, fromMs: Math.floor(firstMs) },
    requests: requests.length,
    isCut: requests.length >= requestsMax,
    sampled: recorded.reduce((sum, { sampled }) => sum + sampled, 0),
    instances: recorded.length,
    isShared: limits.isShared,
    ...tallyRefusals(requests, { inForce, candidate }),
  };
}

function toRequests(columns: RecordedRequests, fromMs: number): CountedRequest[] {
  return columns.startsUs.map((startUs, index) => ({
    instance: columns.instance,
    startMs: fromMs + startUs / 1000,
    client: columns.clients[index]!,
    route: columns.routes[index]!,
    login: columns.logins[index]!,
    really: columns.refusedBy[index]!,
    inForce: 0,
    candidate: 0,
  }));
}

type Tiers = HeldLimits['tiers'];

/** Notes on each request which of `tiers` would have refused it, by bits; the last tier is that of tries to log in. */
async function decideAll(
  requests: readonly CountedRequest[],
  limits: HeldLimits,
  tiers: Tiers,
  side: 'inForce' | 'candidate',
): Promise<void> {
  const logins = requests.filter(({ login }) => login !== '');
  const general = await inTurns(replayRequests(requests, tiers.slice(0, limits.tiers.length)));
  const tries = await inTurns(
    replayRequests(
      logins.map(({ startMs, login }) => ({ startMs, client: login })),
      tiers.slice(limits.tiers.length),
    ),
  );
  for (const [index, request] of requests.entries()) request[side] = general[index]!;
  for (const [index, request] of logins.entries()) request[side] |= tries[index]! << limits.tiers.length;
}

/** Others are served between the steps. */
async function inTurns(steps: Generator<void, Uint8Array>): Promise<Uint8Array> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
