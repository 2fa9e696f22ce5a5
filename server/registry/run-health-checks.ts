import type { PrismaClient, RegisteredInstance } from '#prisma/generated/client.ts';
import { fetchText } from '#server/collect/fetch-text.ts';
import type { Db } from '#server/db.ts';
import { assertHeld, type Lease } from '#server/leadership/lease.ts';
import type { Log } from '#server/log.ts';
import { countChange } from './change-registry.ts';
import { decideHealth, type HealthVerdict } from './decide-health.ts';
import type { InstanceStatus } from './schema.ts';

const EVERY_MS = 1_000;
const PROBE_TIMEOUT_MS = 1_000;
const ANSWER_BYTES_MAX = 64 * 1024;

export interface HealthChecksOptions {
  db: PrismaClient;
  lease: Lease;
  log: Log;
  now: () => Date;
  /** Something changed that watchers wait for. */
  onChange: () => void;
}

export interface HealthChecks {
  /** Looks now: somebody has registered. */
  wake: () => void;
  stop: () => Promise<void>;
}

/** Asks every registered instance each second how it is, and writes down what changed. */
export function runHealthChecks(options: HealthChecksOptions): HealthChecks {
  const { log, now } = options;
  const watchingSinceMs = now().getTime();
  const failedProbes = new Map<string, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const round = async () => {
    const rows = await options.db.registeredInstance.findMany();
    const keys = new Set(rows.map(keyOf));
    for (const key of failedProbes.keys()) if (!keys.has(key)) failedProbes.delete(key);
    await Promise.all(rows.map((row) => check(options, row, { failedProbes, watchingSinceMs })));
  };
  const run = () => {
    clearTimeout(timer);
    running ??= round()
      .catch((error: unknown) => log.warn({ err: error }, 'the instances of the registry could not be checked'))
      .then(() => {
        running = null;
        if (!stopped) timer = setTimeout(run, EVERY_MS).unref();
      });
  };
  run();
  return {
    wake: () => {
      if (!stopped) void (running ?? Promise.resolve()).then(run);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

type Memory = { failedProbes: Map<string, number>; watchingSinceMs: number };

async function check(options: HealthChecksOptions, row: RegisteredInstance, memory: Memory): Promise<void> {
  const fault = await probe(row);
  const failed = fault === '' ? 0 : (memory.failedProbes.get(keyOf(row)) ?? 0) + 1;
  memory.failedProbes.set(keyOf(row), failed);
  const verdict = decideHealth(
    {
      // Safe because only we and register-instance.ts write it.
      status: row.status as InstanceStatus,
      reason: row.reason,
      statusSinceMs: row.statusSince.getTime(),
      heartbeatMs: row.heartbeatAt.getTime(),
      ttlMs: row.ttlMs,
      failedProbes: failed,
      probeFault: fault,
    },
    memory.watchingSinceMs,
    options.now().getTime(),
  );
  if (verdict.verdict === 'same') return;
  const count = await options.db.$transaction((tx) => write(tx, options, row, verdict));
  if (count === 0) return;
  const { service, instance } = row;
  const said = verdict.verdict === 'forget' ? 'forgotten' : verdict.status;
  options.log.info({ service, instance, status: said, reason: fault || undefined }, 'an instance of the registry');
  options.onChange();
}

async function write(
  tx: Db,
  { lease, now }: HealthChecksOptions,
  { service, instance, status, address }: RegisteredInstance,
  verdict: Exclude<HealthVerdict, { verdict: 'same' }>,
): Promise<number> {
  await assertHeld(tx, lease);
  // One that moved meanwhile was not the one we asked.
  const where = { service, instance, status, address };
  const { count } =
    verdict.verdict === 'forget'
      ? await tx.registeredInstance.deleteMany({ where })
      : await tx.registeredInstance.updateMany({
          where,
          data: {
            status: verdict.status,
            reason: verdict.reason,
            ...(verdict.status !== status && { statusSince: now() }),
          },
        });
  if (count > 0) await countChange(tx);
  return count;
}

/** Why the instance is not well; empty when it is. */
async function probe({ address, healthPath }: RegisteredInstance): Promise<string> {
  try {
    const limits = { timeoutMs: PROBE_TIMEOUT_MS, bytesMax: ANSWER_BYTES_MAX, redirect: 'manual' as const };
    await fetchText(`${address}${healthPath}`, { ...limits, headers: {} });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function keyOf({ service, instance }: RegisteredInstance): string {
  return `${service} ${instance}`;
}
