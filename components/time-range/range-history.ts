import type { TimeWindow } from './time-window.ts';

/** Zooms deeper than this are forgotten from the far end. */
const DEPTH_MAX = 50;

let windows: readonly TimeWindow[] = [];
const listeners = new Set<() => void>();

/** The windows that were looked at before the present one, in this tab; Escape takes the newest back. */
export const rangeHistory = {
  get: (): readonly TimeWindow[] => windows,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  push: (window: TimeWindow) => set([...windows, window].slice(-DEPTH_MAX)),
  pop(): TimeWindow | undefined {
    const last = windows.at(-1);
    if (last) set(windows.slice(0, -1));
    return last;
  },
};

function set(next: readonly TimeWindow[]): void {
  windows = next;
  for (const listener of listeners) listener();
}
