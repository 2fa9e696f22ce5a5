declare global {
  interface Window {
    /** Of public/early-clicks.js. */
    earlyClicks?: { last: HTMLElement | null; isAwake: (element: HTMLElement) => boolean; stop: () => void };
  }
}

/**
 * Does again what was clicked before React was there for it. To be called in an effect of what wakes as one, since only then React
 * answers there: it notes its own on elements while it is still at work, and drops what is clicked meanwhile.
 */
export function replayEarlyClick(): void {
  const early = window.earlyClicks;
  if (!early?.last || !early.isAwake(early.last)) return;
  const element = early.last;
  early.last = null;
  if (element.isConnected) clickAgain(element);
}

/** The same, for the part that wakes last. */
export function replayLastEarlyClick(): void {
  replayEarlyClick();
  window.earlyClicks?.stop();
}

function clickAgain(element: HTMLElement): void {
  // The browser has ticked it without React: as the server drew it, the click is a change.
  if (element instanceof HTMLInputElement) element.checked = element.defaultChecked;
  element.click();
}
