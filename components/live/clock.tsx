'use client';

import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { serverNow } from './server-clock.ts';

const RenderedAt = createContext(0);

/** `renderedAtMs` is the server's time of rendering: the first paint in the browser must show the same ages. */
export function ClockProvider({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

/** The time now, moving in steps of `stepMs`; components with the same step change together. */
export function useNow(stepMs = 1000): number {
  const renderedAtMs = use(RenderedAt);
  const subscribe = useCallback((notify: () => void) => listen(stepMs, notify), [stepMs]);
  const snapshot = () => Math.floor(serverNow() / stepMs) * stepMs;
  return useSyncExternalStore(subscribe, snapshot, () => Math.floor(renderedAtMs / stepMs) * stepMs);
}

const clocks = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval> }>();

/** One timer for all that move in the same steps, so that a table of times is drawn again once a step, not once a row. */
function listen(stepMs: number, listener: () => void): () => void {
  let clock = clocks.get(stepMs);
  if (!clock) {
    const listeners = new Set<() => void>();
    const timer = setInterval(() => listeners.forEach((notify) => notify()), Math.min(stepMs, 30_000));
    clock = { listeners, timer };
    clocks.set(stepMs, clock);
  }
  const { listeners, timer } = clock;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    clocks.delete(stepMs);
  };
}
