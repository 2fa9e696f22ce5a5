import type { Drill } from '#prisma/generated/client.ts';
import { every } from '#server/load-tests/every.ts';
import { removeAllFaults } from './ask-faults.ts';
import { conductDrill, type ConductContext } from './conduct-drill.ts';

const SWEEP_MS = 1_000;
/** Who is silent for longer has gone; a heartbeat is written each second. */
const SILENT_MS = 6_000;
const GONE = 'The console that ran it went away; its fault was taken out by the one that found it.';

export interface Drills {
  /** Why no drill can be started here; empty when one can. */
  whyNot: string;
  target: string | null;
  /** Runs a drill whose row was just written. */
  run: (row: Drill) => void;
  /** Takes the faults of our drills out. */
  stop: () => Promise<void>;
}

/** Runs drills, and takes out the faults of those whose console is gone: what is in a service is known from Postgres alone. */
export function runDrills(context: Omit<ConductContext, 'isClosing'>): Drills {
  const { db, log, now, target, faultUrls } = context;
  const own = new Map<string, Promise<void>>();
  let isClosing = false;

  const sweep = every(SWEEP_MS, async () => {
    const silent = new Date(now().getTime() - SILENT_MS);
    const notOwn = { id: { notIn: [...own.keys()] } };
    const abandoned = { openKey: { not: null }, heartbeatAt: { lt: silent }, ...notOwn };
    await db.drill.updateMany({
      where: abandoned,
      data: { status: 'broken', fault: GONE, phase: 'done', openKey: null, endedAt: now() },
    });
    const left = await db.drill.findMany({
      where: { openKey: null, faultAt: { not: null }, faultRemovedAt: null, ...notOwn },
      select: { id: true, service: true },
    });
    for (const { id, service } of left) {
      const adminUrls = faultUrls[service];
      if (adminUrls === undefined) continue;
      await removeAllFaults(adminUrls);
      await db.drill.updateMany({ where: { id, faultRemovedAt: null }, data: { faultRemovedAt: now() } });
      log.warn({ drill: id, service }, 'the fault of an unfinished drill was taken out');
    }
  });

  return {
    target,
    whyNot:
      target === null || Object.keys(faultUrls).length === 0
        ? 'Drills need the shipped fleet, whose services have switches for faults: it is not started here.'
        : '',
    run: (row) => {
      const done = conductDrill({ ...context, isClosing: () => isClosing }, row)
        // The sweep of any console ends it when the database is back.
        .catch((error: unknown) => log.warn({ err: error, drill: row.id }, 'a drill broke'))
        .finally(() => own.delete(row.id));
      own.set(row.id, done);
    },
    stop: async () => {
      isClosing = true;
      await sweep.stop();
      await Promise.all(own.values());
    },
  };
}
