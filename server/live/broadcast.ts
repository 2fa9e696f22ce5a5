import type { LiveEvent } from './schema.ts';

/** What a tab that lost its connection can still be told; what happened longer ago it sees by refetching. */
const REPLAY_MAX = 500;
/** A tab that is this far behind is cut off; it comes back by itself and is replayed what it missed. */
const QUEUE_MAX = 100;

export interface Delivered {
  /** Where to resume: told as `lastEventId` when the tab comes back. */
  id: string;
  event: LiveEvent;
}

export interface Broadcast {
  publish: (event: LiveEvent) => void;
  /** Events after `lastEventId`, then those to come, until `signal` aborts or the reader is too slow. */
  subscribe: (lastEventId: string | null, signal: AbortSignal) => AsyncGenerator<Delivered, void>;
  subscribers: () => number;
}

interface Subscriber {
  queue: Delivered[];
  overflowed: boolean;
  wake: () => void;
}

/** One event to many readers, each with a bounded queue of its own: a slow one costs nobody else anything. `run` names this process's life. */
export function createBroadcast(run: string): Broadcast {
  const subscribers = new Set<Subscriber>();
  let replay: Delivered[] = [];
  let sequence = 0;

  return {
    subscribers: () => subscribers.size,
    publish: (event) => {
      // A tick is worth nothing once there is a newer one, so it is neither numbered nor replayed.
      if (event.kind !== 'tick') sequence += 1;
      const delivered = { id: `${run}-${sequence}`, event };
      if (event.kind !== 'tick') replay = [...replay, delivered].slice(-REPLAY_MAX);
      for (const subscriber of subscribers) {
        enqueue(subscriber, delivered);
        subscriber.wake();
      }
    },
    subscribe: async function* (lastEventId, signal) {
      const subscriber: Subscriber = {
        queue: missedSince(replay, run, lastEventId),
        overflowed: false,
        wake: () => {},
      };
      const stop = () => subscriber.wake();
      subscribers.add(subscriber);
      signal.addEventListener('abort', stop, { once: true });
      try {
        for (;;) {
          if (signal.aborted) return;
          const next = subscriber.queue.shift();
          if (next) yield next;
          else if (subscriber.overflowed) return;
          else await new Promise<void>((resolve) => (subscriber.wake = resolve));
        }
      } finally {
        subscribers.delete(subscriber);
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

function enqueue(subscriber: Subscriber, delivered: Delivered): void {
  if (subscriber.overflowed) return;
  if (delivered.event.kind === 'tick') {
    const waiting = subscriber.queue.findIndex(({ event }) => event.kind === 'tick');
    if (waiting !== -1) subscriber.queue.splice(waiting, 1);
  }
  if (subscriber.queue.length >= QUEUE_MAX) subscriber.overflowed = true;
  else subscriber.queue.push(delivered);
}

/** An id of another life says only that something may have been missed: everything of this life is told. */
function missedSince(replay: readonly Delivered[], run: string, lastEventId: string | null): Delivered[] {
  if (lastEventId === null) return [];
  const last = lastEventId.startsWith(`${run}-`) ? Number(lastEventId.slice(run.length + 1)) || 0 : 0;
  return replay.filter(({ id }) => Number(id.slice(run.length + 1)) > last);
}
