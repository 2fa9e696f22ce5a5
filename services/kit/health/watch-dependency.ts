import { z } from 'zod';
import { DEPENDENCY_KINDS, type Dependency } from './dependency.ts';
import { findInTime } from './find-in-time.ts';

/** Health is answered within 100 ms, whatever its dependencies do. */
export const WAIT_MAX_MS = 80;
/** However many ask for our health, a dependency is asked once in this time. */
const FRESH_MS = 1_000;

export const DependencyHealth = z.object({
  name: z.string(),
  kind: z.enum(DEPENDENCY_KINDS),
  /** `late`: it takes longer than health may, so nobody knows yet. */
  status: z.enum(['ok', 'away', 'late']),
  latencyMs: z.number(),
  reason: z.string().optional(),
});
export type DependencyHealth = z.infer<typeof DependencyHealth>;

/** Answers how a dependency is, in time. */
export function watchDependency({ name, kind, check }: Dependency): () => Promise<DependencyHealth> {
  const ask = findInTime(
    async (): Promise<DependencyHealth> => {
      const startedMs = performance.now();
      const reason = await check().catch((error: Error) => error.message || error.name);
      const latencyMs = Math.round((performance.now() - startedMs) * 10) / 10;
      return reason === null
        ? { name, kind, status: 'ok', latencyMs }
        : { name, kind, status: 'away', latencyMs, reason };
    },
    { maxMs: WAIT_MAX_MS, freshMs: FRESH_MS },
  );
  const late = {
    name,
    kind,
    status: 'late',
    latencyMs: WAIT_MAX_MS,
    reason: `no answer within ${WAIT_MAX_MS} ms`,
  } as const;
  return async () => {
    const { found, isLate } = await ask();
    // One that was away and hangs now is no better; one that was there may be gone.
    return found && !(isLate && found.status === 'ok') ? found : late;
  };
}
