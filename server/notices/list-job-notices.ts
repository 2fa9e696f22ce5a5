import type { LoadTestStatus } from '#prisma/generated/client.ts';
import type { Severity } from '#server/changes/schema.ts';
import type { Ctx } from '#server/context.ts';
import { findScenario } from '#server/drills/scenarios.ts';
import type { TimeRange } from '#server/time/schema.ts';
import type { Notice } from './schema.ts';

const WORDS = {
  passed: ['passed', 'ok'],
  failed: ['failed', 'warning'],
  stopped: ['was stopped', 'info'],
  broken: ['broke', 'warning'],
} as const satisfies Record<Exclude<LoadTestStatus, 'running'>, [says: string, severity: Severity]>;

/** Load tests and drills that ended, newest first: people start them and look elsewhere meanwhile. */
export async function listJobNotices(
  { db }: Pick<Ctx, 'db'>,
  { range, limit }: { range: TimeRange; limit: number },
): Promise<Notice[]> {
  const query = {
    where: { endedAt: { gte: new Date(range.fromMs), lt: new Date(range.toMs) } },
    orderBy: { endedAt: 'desc' },
    take: limit,
  } as const;
  const common = { id: true, status: true, endedAt: true, actor: true, workers: true, fault: true } as const;
  const [tests, drills] = await Promise.all([
    db.loadTest.findMany({ ...query, select: { ...common, seconds: true } }),
    db.drill.findMany({ ...query, select: { ...common, scenario: true, service: true } }),
  ]);
  return [
    ...tests.map((test): Notice => {
      const [says, severity] = wordsOf(test.status);
      return {
        id: `load-test-${test.id}`,
        ...ending(test.endedAt, severity),
        title: `Load test ${says}`,
        detail: test.fault ?? `${test.workers} shoppers for ${test.seconds} s, ${test.actor}`,
        href: `/load-tests?test=${test.id}`,
      };
    }),
    ...drills.map((drill): Notice => {
      const [says, severity] = wordsOf(drill.status);
      return {
        id: `drill-${drill.id}`,
        ...ending(drill.endedAt, severity),
        title: `Drill ${says}: ${findScenario(drill.scenario)?.title ?? drill.scenario}`,
        detail: drill.fault ?? `on ${drill.service}, ${drill.actor}`,
        href: `/load-tests?show=drills&drill=${drill.id}`,
      };
    }),
  ];
}

/** What has a time of its end no longer runs. */
function wordsOf(status: LoadTestStatus): (typeof WORDS)[keyof typeof WORDS] {
  return WORDS[status === 'running' ? 'broken' : status];
}

function ending(endedAt: Date | null, severity: Severity): Pick<Notice, 'tMs' | 'kind' | 'severity'> {
  return { tMs: endedAt?.getTime() ?? 0, kind: 'job', severity };
}
