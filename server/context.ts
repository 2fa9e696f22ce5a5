import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import type { Drills } from '#server/drills/run-drills.ts';
import type { Gateways } from '#server/gateway/run-gateways.ts';
import type { WatchedDatabase } from '#server/integrity/watched-database.ts';
import type { Store } from '#server/store/client.ts';
import type { LoadTests } from '#server/load-tests/run-load-tests.ts';
import type { LiveHub } from '#server/live/hub.ts';
import type { Log } from '#server/log.ts';

/** Who acts. There is one local operator until there is a login; every verb takes an actor all the same, and audits it. */
export interface Actor {
  id: string;
  name: string;
  role: 'reader' | 'editor' | 'admin';
}

/** What every verb of the console is given: the databases, the actor, the clock. */
export interface Ctx {
  db: PrismaClient;
  store: Store;
  live: LiveHub;
  /** What the team keeps in git: rules, checks, channels, runbooks. */
  config: Config;
  /** The services' schemas as checks may read them. */
  watched: WatchedDatabase;
  /** The gateways that take orders. */
  gateways: Gateways;
  /** The load tests that this console runs. */
  loadTests: LoadTests;
  drills: Drills;
  actor: Actor;
  log: Log;
  now: () => Date;
}
