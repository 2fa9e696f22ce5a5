'use client';

import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { onStep } from './on-step.ts';
import { serverNow } from './server-clock.ts';

const RenderedAt = createContext(0);

/** `renderedAtMs` is the server's time of rendering: the first paint in the browser must show the same ages. */
export function ClockProvider({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

/** The time now, moving in steps of `stepMs`; components with the same step change together. */
export function useNow(stepMs = 1000): number {
  const renderedAtMs = use(RenderedAt);
  const subscribe = useCallback((notify: () => void) => onStep(stepMs, notify), [stepMs]);
  const snapshot = () => Math.floor(serverNow() / stepMs) * stepMs;
  return useSyncExternalStore(subscribe, snapshot, () => Math.floor(renderedAtMs / stepMs) * stepMs);
}
