'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'switchyard.zone';
const listeners = new Set<() => void>();

/** Asked once: it takes as long as drawing a row, and every time in a table is in it. */
let viewersZone: string | undefined;

function readZone(): string {
  const own = (viewersZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
  try {
    return localStorage.getItem(KEY) ?? own;
  } catch {
    return own;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The zone in which times are shown: the viewer's own unless another was chosen; UTC on the server, which cannot know. */
export function useZone(): string {
  return useSyncExternalStore(subscribe, readZone, () => 'UTC');
}

/** Chooses the zone for all panels of all tabs; null goes back to the viewer's own. */
export function setZone(zone: string | null): void {
  if (zone === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, zone);
  for (const listener of listeners) listener();
}
