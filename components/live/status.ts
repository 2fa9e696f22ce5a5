/** What the tab knows of the stream. */
export interface StreamState {
  connected: boolean;
  /** When this tab began to wait for a first tick. */
  startedMs: number;
  lastTickMs: number | null;
  storeUp: boolean;
  /** When the newest stored measurement was made, as the last tick said. */
  newestDataMs: number | null;
}

export type LiveStatus =
  | { kind: 'connecting' }
  | { kind: 'live'; ageMs: number | null }
  | { kind: 'quiet'; ageMs: number }
  | { kind: 'stale'; ageMs: number }
  | { kind: 'store_down' };

/** The console ticks every second or so; three missed beats of five seconds are no jitter. */
const STALLED_AFTER_MS = 15_000;
/** Scrapes come every five seconds: data older than this means that nothing arrives, though the stream is fine. */
const QUIET_AFTER_MS = 60_000;

/** How much the numbers on the screen can be trusted at `nowMs`. */
export function liveStatus(state: StreamState, nowMs: number): LiveStatus {
  const silentMs = nowMs - (state.lastTickMs ?? state.startedMs);
  if (silentMs > STALLED_AFTER_MS) return { kind: 'stale', ageMs: silentMs };
  if (state.lastTickMs === null) return { kind: 'connecting' };
  if (!state.storeUp) return { kind: 'store_down' };
  if (state.newestDataMs === null) return { kind: 'live', ageMs: null };
  const ageMs = Math.max(0, nowMs - state.newestDataMs);
  return ageMs > QUIET_AFTER_MS ? { kind: 'quiet', ageMs } : { kind: 'live', ageMs };
}
