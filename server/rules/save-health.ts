import type { Db } from '#server/db.ts';
import { leaseLost, type Lease } from '#server/leadership/lease.ts';

/** How one evaluation of a rule went. */
export interface RuleReport {
  ruleKey: string;
  health: 'ok' | 'error';
  lastError: string | null;
  evaluatedAt: Date;
  durationMs: number;
  /** Of one that failed nothing is known: what is shown stays. */
  currentValue: number | null;
}

/**
 * Writes how all rules of a pass went with one statement. Throws CONFLICT, and writes nothing, when another process took the role over:
 * the lease's row is locked as by `assertHeld`.
 */
export async function saveHealth(db: Db, lease: Lease, reports: readonly RuleReport[]): Promise<void> {
  if (reports.length === 0) return;
  const rows = JSON.stringify(reports.map((report) => ({ ...report, lastError: toText(report.lastError) })));
  const written = await db.$executeRaw`
    WITH held AS (SELECT name FROM control.lease WHERE name = ${lease.name} AND epoch = ${lease.epoch} FOR SHARE)
    INSERT INTO control.rule_evaluation AS known (rule_key, health, last_error, evaluated_at, duration_ms, current_value)
    SELECT "ruleKey", health::control.rule_health, "lastError", "evaluatedAt", "durationMs", "currentValue"
    FROM held, jsonb_to_recordset(${rows}::jsonb) AS report(
      "ruleKey" text, health text, "lastError" text, "evaluatedAt" timestamptz, "durationMs" float8, "currentValue" float8)
    ON CONFLICT (rule_key) DO UPDATE SET
      health = excluded.health,
      last_error = excluded.last_error,
      evaluated_at = excluded.evaluated_at,
      duration_ms = excluded.duration_ms,
      current_value = CASE excluded.health WHEN 'ok' THEN excluded.current_value ELSE known.current_value END`;
  if (written === 0) throw leaseLost(lease);
}

/** Postgres takes no NUL and no half of a character: what one rule's labels hold must not keep the others from being told. */
function toText(error: string | null): string | null {
  return error?.replaceAll('\0', '').toWellFormed() ?? null;
}
