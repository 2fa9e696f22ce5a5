'use client';

import { useSyncExternalStore } from 'react';

/** What lies over the page by keyboard: one at a time. */
export type Overlay = 'palette' | 'notices' | 'shortcuts' | 'views' | 'tour' | null;

let current: Overlay = null;
const listeners = new Set<() => void>();

export function showOverlay(overlay: Overlay): void {
  current = overlay;
  for (const listener of listeners) listener();
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
