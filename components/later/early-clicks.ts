declare global {
  interface Window {
    /** Of public/early-clicks.js. */
    earlyClicks?: { last: HTMLElement | null; isAwake: (element: HTMLElement) => boolean; stop: () => void };
  }
}

const LOOK_EVERY_MS = 50;
/** A part of a large page on a slow machine. */
const LOOK_FOR_MS = 60_000;

/**
 * Does again what was clicked before React was there for it, once it is. Called when the page begins to answer; parts of it wake by
 * themselves, one after the other, so it looks for a while. Returns what gives it up.
 */
export function replayEarlyClick(): () => void {
  const early = window.earlyClicks;
  if (!early) return () => {};
  const look = setInterval(() => {
    if (!early.last || !early.isAwake(early.last)) return;
    const element = early.last;
    early.last = null;
    if (element.isConnected) clickAgain(element);
  }, LOOK_EVERY_MS);
  const leave = () => {
    clearInterval(look);
    early.stop();
  };
  const timer = setTimeout(leave, LOOK_FOR_MS);
  return () => {
    clearTimeout(timer);
    leave();
  };
}

function clickAgain(element: HTMLElement): void {
  // The browser has ticked it without React: as the server drew it, the click is a change.
  if (element instanceof HTMLInputElement) element.checked = element.defaultChecked;
  element.click();
}
