import type { Log } from '../log.ts';
import type { Registration, Registry } from './registry.ts';

/** Three signs of life may get lost. */
const HEARTBEATS_PER_TTL = 4;
const RETRY_MS = 1_000;

export interface Announced {
  /** Takes the instance out; waits no longer than a stop may take. */
  leave: () => Promise<void>;
}

/** Says where an instance is, and that it still is, until it leaves. A registry that is away keeps nobody from working. */
export function announceInstance(registry: Registry, registration: Registration, log: Log): Announced {
  let isKnown = false;
  let hasFailed = false;
  let left = false;
  let timer: NodeJS.Timeout | undefined;
  const beat = async () => {
    let pauseMs = (registration.ttlSeconds * 1_000) / HEARTBEATS_PER_TTL;
    try {
      isKnown &&= await registry.keep(registration);
      if (!isKnown) {
        await registry.register(registration);
        isKnown = true;
        log.info(`registered with ${registry.title} as ${registration.instance} at ${registration.address}`);
      }
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) log.warn({ err: error }, `${registry.title} does not take our registration; it is tried again`);
      hasFailed = true;
      pauseMs = RETRY_MS;
    }
    if (!left) timer = setTimeout(() => (beating = beat()), pauseMs).unref();
  };
  let beating = beat();
  return {
    leave: async () => {
      left = true;
      clearTimeout(timer);
      const gone = beating.then(() => registry.leave(registration));
      const said = gone.catch((error: unknown) =>
        log.warn({ err: error }, `${registry.title} was not told that we leave`),
      );
      await Promise.race([said, new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())]);
    },
  };
}
