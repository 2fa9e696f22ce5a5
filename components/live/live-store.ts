import type { LiveEvent } from '#server/live/schema.ts';
import { serverNow, setServerClock } from './server-clock.ts';
import type { StreamState } from './status.ts';

/** The state of this tab's one stream, outside React so that a tick re-renders only who looks at it. */
let state: StreamState = { connected: false, startedMs: 0, lastTickMs: null, storeUp: true, newestDataMs: null };
const listeners = new Set<() => void>();

export const liveStore = {
  get: (): StreamState => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  restarted: () => set({ connected: false, startedMs: serverNow(), lastTickMs: null }),
  connected: (connected: boolean) => set({ connected }),
  ticked(tick: Extract<LiveEvent, { kind: 'tick' }>) {
    setServerClock(tick.nowMs);
    const newest = Math.max(tick.newestSpanMs ?? 0, tick.newestSampleMs ?? 0);
    set({ lastTickMs: serverNow(), storeUp: tick.storeUp, newestDataMs: newest || null });
  },
};

function set(change: Partial<StreamState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}
