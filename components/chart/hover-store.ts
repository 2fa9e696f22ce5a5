'use client';

import { useSyncExternalStore } from 'react';

/** The moment under the pointer in one chart, shown by all of them. */
export interface Hover {
  tMs: number;
  /** The chart that the pointer is in; only this one shows a tooltip. */
  chart: string;
}

let hover: Hover | null = null;
const listeners = new Set<() => void>();

export function setHover(next: Hover | null): void {
  if (next === hover || (next && hover && next.tMs === hover.tMs && next.chart === hover.chart)) return;
  hover = next;
  for (const listener of listeners) listener();
}

export function useHover(): Hover | null {
  return useSyncExternalStore(
    subscribe,
    () => hover,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
