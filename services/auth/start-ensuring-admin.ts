import type { Database } from '#services/kit/database.ts';
import { every } from '#services/kit/every.ts';
import type { Log } from '#services/kit/log.ts';
import { ensureAdmin, type AdminAccount } from './ensure-admin.ts';
import type { AuthTables } from './tables.ts';

const TRY_EVERY_MS = 500;

/** Makes the administrator's account as soon as the database is there; answers how to give that up. */
export function startEnsuringAdmin(
  { db, whyNotReady }: Pick<Database<AuthTables>, 'db' | 'whyNotReady'>,
  admin: AdminAccount,
  log: Log,
): () => Promise<void> {
  const stop = every(TRY_EVERY_MS, log, "making the administrator's account", async () => {
    if ((await whyNotReady()) !== null) return;
    if (!(await ensureAdmin(db, admin)))
      log.error(
        'AUTH_ADMIN_EMAIL is the address of a customer, who is no administrator: set one that nobody has registered',
      );
    void stop();
  });
  return stop;
}
