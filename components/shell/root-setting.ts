'use client';

import { useSyncExternalStore } from 'react';

interface RootSetting<T extends string> {
  /** What was chosen; the standard on the server, which cannot know. */
  use: () => T;
  set: (value: T) => void;
}

/**
 * A choice of how the console looks, kept by the browser and said on the root element, where the tokens follow it. `public/theme.js`
 * reads the same keys before the first paint. The first value is the standard, which is said and kept nowhere.
 */
export function rootSetting<T extends string>(
  name: 'theme' | 'density',
  [standard, ...others]: readonly [T, ...T[]],
): RootSetting<T> {
  const key = `switchyard.${name}`;
  const listeners = new Set<() => void>();
  const read = () => others.find((value) => value === document.documentElement.dataset[name]) ?? standard;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    use: () => useSyncExternalStore(subscribe, read, () => standard),
    set: (value) => {
      if (value === standard) delete document.documentElement.dataset[name];
      else document.documentElement.dataset[name] = value;
      try {
        if (value === standard) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {
        // Storage may be forbidden; the choice then lasts until the page is left.
      }
      for (const listener of listeners) listener();
    },
  };
}
