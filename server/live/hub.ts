import { randomBytes } from 'node:crypto';
import type { Log } from '#server/log.ts';
import { createBroadcast, type Broadcast } from './broadcast.ts';
import { listen } from './listen.ts';
import type { LiveEvent } from './schema.ts';
import { parseHint, toLiveEvent } from './to-live-event.ts';

const TICK_MS = 2_000;

export interface LiveHub {
  subscribe: Broadcast['subscribe'];
}

export interface LiveHubOptions {
  databaseUrl: string;
  log: Log;
  now: () => Date;
  /** The times of the newest span and sample in the store; throws when the store is away. Asked once for all tabs, and not at all without one. */
  readNewest: () => Promise<{ newestSpanMs: number | null; newestSampleMs: number | null }>;
  /** What woke us, also without a tab open. */
  onHint: (kind: Exclude<LiveEvent['kind'], 'tick'>) => void;
  /** Listening began, first or again: hints may have been missed. */
  onListening: () => void;
}

/** Turns NOTIFY hints into events for open tabs, and gives those a pulse. */
export function startLiveHub(options: LiveHubOptions): LiveHub & { stop: () => Promise<void> } {
  const broadcast = createBroadcast(randomBytes(6).toString('hex'));
  const stopping = new AbortController();
  let newest = { newestSpanMs: null as number | null, newestSampleMs: null as number | null };
  let ticking: Promise<void> | null = null;
  let lastTickMs = 0;

  const listener = listen({
    databaseUrl: options.databaseUrl,
    log: options.log,
    onListening: options.onListening,
    onPayload: (payload) => {
      const hint = parseHint(payload);
      if (!hint) return;
      options.onHint(hint.kind);
      broadcast.publish(toLiveEvent(hint));
    },
  });

  const tick = async () => {
    let storeUp = true;
    try {
      newest = await options.readNewest();
    } catch {
      storeUp = false;
    }
    const nowMs = options.now().getTime();
    lastTickMs = nowMs;
    broadcast.publish({ kind: 'tick', nowMs, ...newest, storeUp });
  };
  const tickOnce = () => {
    if (broadcast.subscribers() === 0) return;
    ticking ??= tick().finally(() => (ticking = null));
  };
  const timer = setInterval(tickOnce, TICK_MS).unref();

  return {
    subscribe: async function* (lastEventId, signal) {
      const until = AbortSignal.any([signal, stopping.signal]);
      const events = broadcast.subscribe(lastEventId, until);
      // The first tab should not wait two seconds to see that it is live.
      if (options.now().getTime() - lastTickMs > TICK_MS) setImmediate(tickOnce);
      yield* events;
    },
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await listener.stop();
    },
  };
}
