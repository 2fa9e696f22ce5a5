import type { Ctx } from '#server/context.ts';
import { listAudit } from '#server/audit/list-audit.ts';
import { compareChange, type ComparedChange } from '#server/changes/judge-change.ts';
import { AppError } from '#server/errors.ts';
import { getSeries } from '#server/services/get-series.ts';
import { AUDIT_MAX } from '../get-control.ts';
import { subjectOf } from '../find-operable.ts';
import type { DeedEffect, EffectSide } from '../schema.ts';
import { decideEnd } from './decide-end.ts';

/** A point a minute, which is the finest that rollups know. */
const BUCKETS = 62;

/** What a deed of an operator did to the guarded service: the half hour before it, and the one after. */
export async function getEffect(
  ctx: Pick<Ctx, 'db' | 'store' | 'now'>,
  { reporter, name, id }: { reporter: string; name: string; id: string },
): Promise<DeedEffect> {
  const deeds = await listAudit(ctx, subjectOf({ reporter, name }), AUDIT_MAX);
  const deed = deeds.find((one) => one.id === id);
  if (!deed)
    throw new AppError('NOT_FOUND', `The last ${AUDIT_MAX} deeds to this breaker do not have ${id} among them.`);
  const { atMs } = deed;
  const compared = await compareChange(ctx, { service: name, atMs, untilMs: decideEnd(deed, deeds) });
  const { before, after, verdict } = compared;
  // The running minute is part of the picture, and of neither side.
  const range = { fromMs: before.fromMs, toMs: Math.max(after.toMs, Math.min(atMs + 1, ctx.now().getTime())) };
  const series = await getSeries(ctx, { service: name, range, buckets: BUCKETS });
  return { atMs, before: sideOf(before), after: sideOf(after), verdict, range, series };
}

function sideOf({ fromMs, toMs, seconds, requests, failed, latencyMsP95 }: ComparedChange['before']): EffectSide {
  return {
    fromMs,
    toMs,
    requestsPerS: seconds > 0 ? requests / seconds : null,
    errorRatio: requests > 0 ? failed / requests : null,
    latencyMsP95: requests > 0 ? latencyMsP95 : null,
  };
}
