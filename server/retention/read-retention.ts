import type { Db } from '#server/db.ts';
import { RETENTION_DEFAULT, RETENTION_SIGNALS, type RetentionDays } from './schema.ts';

/** Days that each signal is kept. Throws when the control database does not answer: what is wanted is never guessed. */
export async function readRetention(db: Db): Promise<RetentionDays> {
  const rows = await db.retention.findMany();
  const set = new Map(rows.map(({ signal, days }) => [signal, days]));
  const days = { ...RETENTION_DEFAULT };
  for (const signal of RETENTION_SIGNALS) days[signal] = set.get(signal) ?? days[signal];
  return days;
}
