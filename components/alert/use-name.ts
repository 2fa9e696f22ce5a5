'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'switchyard-name';
const listeners = new Set<() => void>();

/** The name that a person acts under, remembered by the browser until there is a login. */
export function useName(): [string, (name: string) => void] {
  const name = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(KEY) ?? '',
    () => '',
  );
  return [name, setName];
}

function setName(name: string): void {
  localStorage.setItem(KEY, name);
  for (const listener of listeners) listener();
}
