import type { z } from 'zod';
import { circuitChanges } from '#server/changes/circuit-changes.ts';
import type { Change } from '#server/changes/schema.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { listChanges as listAlertChanges } from '#server/rules/list-changes.ts';
import { readCircuitTransitions } from '#server/store/queries/circuit-transitions.ts';
import { listDeliveryNotices } from './list-delivery-notices.ts';
import { listJobNotices } from './list-job-notices.ts';
import { listRetentionNotices } from './list-retention-notices.ts';
import type { ListNoticesInput, Notice, NoticeKind, NoticeReport } from './schema.ts';

/** Whoever was away for longer begins with the pages themselves. */
const WINDOW_MS = 7 * 86_400_000;

/** What happened in the last week that somebody should hear of, newest first; a store that is away hides the breakers only. */
export async function listNotices(
  ctx: Pick<Ctx, 'db' | 'store' | 'now'>,
  { limit }: z.output<typeof ListNoticesInput>,
): Promise<NoticeReport> {
  const toMs = ctx.now().getTime();
  const bound = { range: { fromMs: toMs - WINDOW_MS, toMs: toMs + 1 }, limit };
  const [told, circuits] = await Promise.all([
    Promise.all([
      listAlertChanges(ctx, bound),
      listDeliveryNotices(ctx, bound),
      listJobNotices(ctx, bound),
      listRetentionNotices(ctx, bound),
    ]),
    readOpened(ctx, bound),
  ]);
  const [alerts, ...others] = told;
  const notices = [...toNotices(alerts, 'alert'), ...others.flat(), ...circuits.notices];
  return { notices: notices.toSorted((a, b) => b.tMs - a.tMs).slice(0, limit), missing: circuits.missing };
}

function toNotices(changes: readonly Change[], kind: NoticeKind): Notice[] {
  return changes.map((change) => ({ ...change, kind }));
}

type Bound = Parameters<typeof listJobNotices>[1];

/** A breaker that tries again or closes is as it should be: only that it opened, or that a person forced it, is news. */
async function readOpened({ store }: Pick<Ctx, 'store'>, bound: Bound): Promise<NoticeReport> {
  try {
    const states = ['open', 'forced_open', 'forced_closed'] as const;
    const transitions = await readCircuitTransitions(store, { ...bound, states });
    return { notices: toNotices(circuitChanges(transitions), 'circuit'), missing: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { notices: [], missing: [`Breakers: ${error.message}`] };
  }
}
