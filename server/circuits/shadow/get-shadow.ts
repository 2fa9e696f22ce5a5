import type { Ctx } from '#server/context.ts';
import { readWanted } from '#server/gateway/read-wanted.ts';
import { readCircuitTransitions } from '#server/store/queries/circuit-transitions.ts';
import { readShadowTransitions } from '#server/store/queries/shadow-transitions.ts';
import { OPERABLE_REPORTER } from '../find-operable.ts';
import type { CircuitShadow } from '../schema.ts';
import { settingsOfShadow } from './take-shadow.ts';

/** One answer's worth; older ones are in the logs. */
const TRANSITIONS_MAX = 500;
/** Further back nobody compares, and the logs are long. */
const RANGE_MS = 7 * 24 * 60 * 60_000;

/** The settings that decide beside a breaker, what they would have done so far, and since when; null where there are none. */
export async function getShadow(
  { db, store, gateways, now }: Pick<Ctx, 'db' | 'store' | 'gateways' | 'now'>,
  { reporter, name }: { reporter: string; name: string },
): Promise<CircuitShadow | null> {
  if (reporter !== OPERABLE_REPORTER) return null;
  const shadow = (await readWanted(db))?.breakers[name]?.shadow;
  if (!shadow) return null;
  const { by, reason, sinceMs } = shadow;
  const toMs = Math.max(now().getTime(), sinceMs + 1);
  const range = { fromMs: Math.max(sinceMs, toMs - RANGE_MS), toMs };
  const instances = gateways.status().flatMap(({ held }) => {
    const own = held?.circuits.find(({ service }) => service === name)?.shadow;
    if (!held || own?.sinceMs !== sinceMs) return [];
    const { state, opened, refused, passed } = own;
    return [{ instance: held.instance, state, opened, refused, passed }];
  });
  const asked = { range, reporter, name, limit: TRANSITIONS_MAX };
  const [transitions, really] = await Promise.all([
    readShadowTransitions(store, asked),
    readCircuitTransitions(store, asked),
  ]);
  return { settings: settingsOfShadow(shadow), by, reason, sinceMs, range, instances, transitions, really };
}
