/** Whoever acts does not wait for the rest of the page to be at leisure. */
const ACTS = ['pointerdown', 'keydown'] as const;

let looked: Promise<void> | null = null;

/**
 * Resolves when the browser has shown what the server drew. The first route is a whole page of HTML without the code that keeps it
 * live; that code waits for this. Every other page has its code at once, and so has the first route when it is reached by a link.
 */
export function firstLook(): Promise<void> {
  if (!isFirstRoute()) return Promise.resolve();
  looked ??= new Promise((resolve) => {
    for (const act of ACTS) document.addEventListener(act, () => resolve(), { once: true, capture: true });
    if (document.readyState === 'complete') resolve();
    else window.addEventListener('load', () => resolve(), { once: true });
  });
  return looked;
}

export function isFirstRoute(): boolean {
  return typeof window !== 'undefined' && window.location.pathname === '/';
}
