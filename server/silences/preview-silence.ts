import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import type { Db } from '#server/db.ts';
import { compilePattern, matchesAll } from '#server/notify/matchers/matcher.ts';
import { toSeverity } from '#server/rules/severity.ts';
import type { PreviewSilenceInput, SilencePreview } from './schema.ts';

const OPEN_MAX = 5_000;
const SHOWN_MAX = 50;

/** The open alerts that a silence with these matchers would keep back. */
export async function previewSilence(
  { db }: Pick<Ctx, 'db'>,
  { matchers }: z.output<typeof PreviewSilenceInput>,
): Promise<SilencePreview> {
  for (const { isRegex, value } of matchers) if (isRegex) compilePattern(value);
  const open = await readOpenAlerts(db);
  const matching = open.filter(({ labels }) => matchesAll(matchers, labels));
  return {
    of: open.length,
    count: matching.length,
    alerts: matching.slice(0, SHOWN_MAX).map(({ id, rule, severity, labels, annotations }) => ({
      id,
      rule,
      severity: toSeverity(severity),
      labels,
      summary: annotations.summary ?? rule,
    })),
  };
}

export async function readOpenAlerts(db: Db) {
  const rows = await db.alert.findMany({
    where: { openKey: { not: null } },
    orderBy: [{ state: 'desc' }, { activeSince: 'desc' }],
    select: { id: true, rule: true, severity: true, labels: true, annotations: true },
    take: OPEN_MAX,
  });
  return rows.map((row) => ({
    ...row,
    labels: row.labels as Record<string, string>,
    annotations: row.annotations as Record<string, string>,
  }));
}
