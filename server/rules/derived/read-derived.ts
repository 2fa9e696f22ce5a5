import type { Db } from '#server/db.ts';
import { NEW_FOR_MS } from '#server/integrity/is-new.ts';
import type { CheckSeverity } from '#server/integrity/schema.ts';
import { Labels, METRIC_NAME } from '#server/promql/labels/labels.ts';
import type { Store } from '#server/store/client.ts';
import { readDatabaseFailures } from '#server/store/queries/database-failures.ts';
import { readProxyMessages } from '#server/store/queries/proxy-messages.ts';
import type { Valued } from '../series/series-set.ts';

export interface DerivedSources {
  store: Store;
  db: Db;
  checks: readonly { name: string; severity: CheckSeverity }[];
}

/** Series of what only the console knows, or only spans and log lines tell: each name with its help and how it is read. */
export const DERIVED = {
  database_unreachable_calls: {
    help: 'Calls of the last minute that could not reach a database, by the service that made them',
    wokenBy: null,
    read: async ({ store }, atMs) => {
      const counts = await readDatabaseFailures(store, atMs);
      return counts.map(({ service, failures }) => ({ labels: { service }, value: failures }));
    },
  },
  integrity_violations: {
    help: 'Rows that violate a check, as its last run that could count them found',
    wokenBy: 'integrity',
    read: async ({ db, checks }) => {
      const names = checks.map(({ name }) => name);
      const runs = await db.$queryRaw<{ check: string; violations: number }[]>`
        SELECT DISTINCT ON ("check") "check", violations FROM control.check_run
        WHERE "check" = ANY(${names}) AND status <> 'failed'
        ORDER BY "check", started_at DESC`;
      const severityOf = new Map(checks.map(({ name, severity }) => [name, severity]));
      return runs.map(({ check, violations }) => ({
        labels: { check, severity: severityOf.get(check)! },
        value: violations,
      }));
    },
  },
  integrity_violations_new: {
    help: 'Rows that violate a check, are still there, and were first seen within the hour',
    wokenBy: 'integrity',
    read: async ({ db, checks }, atMs) => {
      const counts = await db.violation.groupBy({
        by: ['check'],
        where: { resolvedAt: null, firstSeen: { gt: new Date(atMs - NEW_FOR_MS) } },
        _count: true,
      });
      const countOf = new Map(counts.map(({ check, _count }) => [check, _count]));
      return checks.map(({ name, severity }) => ({
        labels: { check: name, severity },
        value: countOf.get(name) ?? 0,
      }));
    },
  },
  proxy_error_lines: {
    help: 'Log lines "Proxy error" and "Circuit open" of the last minute, by service',
    wokenBy: null,
    read: async ({ store }, atMs) => {
      const counts = await readProxyMessages(store, atMs);
      return counts.map(({ service, messages }) => ({ labels: { service }, value: messages }));
    },
  },
} satisfies Record<string, Derived>;

export type DerivedName = keyof typeof DERIVED;

interface Derived {
  help: string;
  /** On whose arrival it is read at once; the others wait for the interval. */
  wokenBy: 'integrity' | null;
  /** Throws when it cannot be known. */
  read: (sources: DerivedSources, atMs: number) => Promise<{ labels: Record<string, string>; value: number }[]>;
}

export async function readDerived(name: DerivedName, sources: DerivedSources, atMs: number): Promise<Valued[]> {
  const found = await DERIVED[name].read(sources, atMs);
  return found.map(({ labels, value }) => ({
    labels: Labels.from(Object.entries({ ...labels, [METRIC_NAME]: name })),
    value,
  }));
}
