'use client';

import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from 'react';

const RenderedAt = createContext(0);

let skewMs = 0;

/** Sets how far the server's clock is ahead of ours, so that ages are right on a machine whose clock is not. */
export function setServerClock(serverNowMs: number): void {
  const measured = serverNowMs - Date.now();
  // Network jitter moves the measure by some milliseconds with every tick; only a real difference counts.
  if (Math.abs(measured - skewMs) > 2000) skewMs = Math.abs(measured) > 2000 ? measured : 0;
}

/** The server's time as far as this tab knows it. */
export function serverNow(): number {
  return Date.now() + skewMs;
}

/** `renderedAtMs` is the server's time of rendering: the first paint in the browser must show the same ages. */
export function ClockProvider({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

/** The time now, moving in steps of `stepMs`; components with the same step change together. */
export function useNow(stepMs = 1000): number {
  const renderedAtMs = use(RenderedAt);
  const subscribe = useCallback(
    (notify: () => void) => {
      const timer = setInterval(notify, Math.min(stepMs, 30_000));
      return () => clearInterval(timer);
    },
    [stepMs],
  );
  const snapshot = () => Math.floor(serverNow() / stepMs) * stepMs;
  return useSyncExternalStore(subscribe, snapshot, () => Math.floor(renderedAtMs / stepMs) * stepMs);
}
