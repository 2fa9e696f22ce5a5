import type { Drill as Row } from '#prisma/generated/client.ts';
import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { readSummary, readTicks } from '#server/load-tests/to-load-test.ts';
import { findScenario, SCENARIOS, type Scenario } from './scenarios.ts';
import { Answer, type Drill, type DrillInput, type DrillLine, type DrillOverview, type DrillPhase } from './schema.ts';

const HISTORY_MAX = 50;

/** What can be drilled here, whether one is running, and those that were, the newest first. */
export async function listDrills({ db, drills }: Pick<Ctx, 'db' | 'drills'>): Promise<DrillOverview> {
  const rows = await db.drill.findMany({
    orderBy: { startedAt: 'desc' },
    take: HISTORY_MAX,
    omit: { ticks: true, summary: true },
  });
  return {
    target: drills.target ?? '',
    whyNot: drills.whyNot,
    scenarios: Object.values<Scenario>(SCENARIOS).map(
      ({ name, title, what, service, breakerWithinS, recoverWithinS }) => ({
        name,
        title,
        what,
        service,
        breakerWithinS,
        recoverWithinS,
      }),
    ),
    runningId: rows.find(({ status }) => status === 'running')?.id ?? null,
    drills: rows.map(toLine),
  };
}

/** One drill: its moments, what shoppers saw, and the questions with their answers. */
export async function getDrill({ db }: Pick<Ctx, 'db'>, { id }: z.infer<typeof DrillInput>): Promise<Drill> {
  const row = await db.drill.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', 'There is no such drill; those older than 90 days are deleted.');
  return {
    ...toLine(row),
    faultMs: row.faultAt?.getTime() ?? null,
    faultRemovedMs: row.faultRemovedAt?.getTime() ?? null,
    recoveredMs: row.recoveredAt?.getTime() ?? null,
    answers: Answer.array().parse(row.answers),
    ticks: readTicks(row.ticks),
    summary: readSummary(row.summary),
    fault: row.fault,
    isStopping: row.status === 'running' && row.stopAskedAt !== null,
  };
}

function toLine(row: Omit<Row, 'ticks' | 'summary'>): DrillLine {
  const answers = Answer.array().parse(row.answers);
  return {
    id: row.id,
    scenario: row.scenario,
    title: findScenario(row.scenario)?.title ?? row.scenario,
    status: row.status,
    // Safe because only the conductor and the sweep write it.
    phase: row.phase as DrillPhase,
    startedMs: row.startedAt.getTime(),
    endedMs: row.endedAt?.getTime() ?? null,
    actor: row.actor,
    workers: row.workers,
    faultSeconds: row.faultSeconds,
    service: row.service,
    passed: answers.filter(({ passed }) => passed).length,
    asked: answers.length,
    isFaulty: row.faultAt !== null && row.faultRemovedAt === null,
  };
}
