import { z } from 'zod';
import type { Transition } from './breaker.ts';
import type { BreakerSettings } from './decide.ts';
import { Shadow } from './shadow.ts';

export interface WantedShadow {
  settings: BreakerSettings;
  sinceMs: number;
}

const Count = z.number().int().min(0);
const CallsByEnd = z.object({ good: Count, failing: Count, unknown: Count });

/** What is kept of shadows over a restart. */
export const KeptShadows = z.array(
  z.object({
    name: z.string(),
    sinceMs: z.number(),
    counts: z.object({ opened: Count, refused: CallsByEnd, passed: CallsByEnd }),
  }),
);
export type KeptShadows = z.infer<typeof KeptShadows>;

export interface Shadows {
  get: (name: string) => Shadow | undefined;
  all: () => Iterable<Shadow>;
  /** Begins the shadow that is wanted of a breaker, goes on with it if it is there, and ends any other. */
  want: (name: string, wanted: WantedShadow | null) => void;
  /** The counts with which shadows go on that are wanted later; of any other they are forgotten. */
  recall: (kept: Readonly<KeptShadows>) => void;
}

/** The shadows of a gateway's breakers: one each at most. */
export function createShadows({
  now = Date.now,
  onTransition,
}: {
  now?: (() => number) | undefined;
  onTransition?: ((transition: Transition) => void) | undefined;
}): Shadows {
  const shadows = new Map<string, Shadow>();
  let recalled: Readonly<KeptShadows> = [];

  const begin = (name: string, { settings, sinceMs }: WantedShadow) => {
    const kept = recalled.find((one) => one.name === name && one.sinceMs === sinceMs);
    shadows.set(name, new Shadow({ name, settings, sinceMs, counts: kept?.counts, now, onTransition }));
    onTransition?.({
      name,
      state: 'closed',
      previousState: 'closed',
      atMs: now(),
      reason: kept ? 'the shadow goes on after a restart, closed' : 'the shadow begins, closed',
      failures: 0,
      calls: 0,
      nextAttemptMs: null,
      traceIds: [],
      settings,
      forced: null,
    });
  };

  return {
    get: (name) => shadows.get(name),
    all: () => shadows.values(),
    want: (name, wanted) => {
      const own = shadows.get(name);
      if (!wanted) shadows.delete(name);
      else if (own?.sinceMs === wanted.sinceMs) own.tune(wanted.settings);
      else begin(name, wanted);
    },
    recall: (kept) => {
      recalled = kept;
    },
  };
}
