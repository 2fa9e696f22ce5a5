import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { listDeploys } from '#server/deploys/list-deploys.ts';
import { listChanges as listIntegrityChanges } from '#server/integrity/list-changes.ts';
import { listChanges as listAlertChanges } from '#server/rules/list-changes.ts';
import { readCircuitTransitions } from '#server/store/queries/circuit-transitions.ts';
import { readProcessEvents } from '#server/store/queries/process-events.ts';
import { checkRange } from '#server/time/check-range.ts';
import { deployChanges } from './deploy-changes.ts';
import { judgeForced } from './judge-forced.ts';
import { listConfigurationChanges } from './list-configuration-changes.ts';
import { processChanges } from './process-changes.ts';
import type { Change, ListChangesInput } from './schema.ts';

/** What changed in the window, from all who know of changes, newest first. */
export async function listChanges(
  ctx: Pick<Ctx, 'db' | 'store' | 'config' | 'now'>,
  { range, limit }: z.output<typeof ListChangesInput>,
): Promise<Change[]> {
  checkRange(range);
  const [transitions, processes, deploys, configuration, alerts, integrity] = await Promise.all([
    readCircuitTransitions(ctx.store, { range, limit }).then((rows) => judgeForced(ctx, rows)),
    // A change may take two events, a death and a start.
    readProcessEvents(ctx.store, range, limit * 2),
    listDeploys(ctx, { range, limit }),
    listConfigurationChanges(ctx, { range, limit }),
    listAlertChanges(ctx, { range, limit }),
    listIntegrityChanges(ctx, { range, limit }),
  ]);
  return [
    ...transitions,
    ...processChanges(processes),
    ...deployChanges(deploys),
    ...configuration,
    ...alerts,
    ...integrity,
  ]
    .toSorted((a, b) => b.tMs - a.tMs)
    .slice(0, limit);
}
