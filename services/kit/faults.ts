import { z } from 'zod';
import { ServiceError } from './errors.ts';

/** What a person may break to see how the rest takes it; 10 min of latency is a hang by another name. */
export const Faults = z.strictObject({
  latencyMs: z.number().int().min(0).max(600_000).default(0),
  errorRatio: z.number().min(0).max(1).default(0),
  hang: z.boolean().default(false),
});
export type Faults = z.infer<typeof Faults>;

/** `errorRate` is what some call the ratio; `die` is an act, not a state. */
export const PutFaultsInput = z
  .strictObject({
    ...Faults.shape,
    errorRate: z.number().min(0).max(1).optional(),
    die: z.boolean().default(false),
  })
  .transform(({ errorRate, ...rest }) => ({ ...rest, errorRatio: errorRate ?? rest.errorRatio }));

export const NO_FAULTS: Faults = { latencyMs: 0, errorRatio: 0, hang: false };

export interface FaultSwitch {
  read: () => Faults;
  set: (faults: Faults) => void;
  /** Delays, fails or holds the request that asks; one that is held goes on as soon as the switch is touched, and is given up when `gone` fires. */
  pass: (gone: AbortSignal) => Promise<void>;
}

export function createFaultSwitch(random: () => number = Math.random): FaultSwitch {
  let faults = NO_FAULTS;
  let touched = Promise.withResolvers<void>();
  return {
    read: () => faults,
    set: (next) => {
      faults = next;
      touched.resolve();
      touched = Promise.withResolvers<void>();
    },
    pass: async (gone) => {
      if (faults === NO_FAULTS) return;
      if (faults.hang) await Promise.race([touched.promise, whenAborted(gone)]);
      if (faults.latencyMs > 0) await delay(faults.latencyMs, gone);
      if (gone.aborted) throw new ServiceError('TIMEOUT', 'The caller left before the answer.');
      if (random() < faults.errorRatio)
        throw new ServiceError('INTERNAL', 'This service was told to fail: see DELETE /faults on its admin port.', {
          extra: { injected: true },
        });
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function delay(ms: number, gone: AbortSignal): Promise<void> {
  const elapsed = Promise.withResolvers<void>();
  const timer = setTimeout(elapsed.resolve, ms);
  await Promise.race([elapsed.promise, whenAborted(gone)]);
  clearTimeout(timer);
}
