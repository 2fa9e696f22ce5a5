/** React drops what is clicked before its code is there: kept until then. Links and fields need no code to answer. */
let early: HTMLElement | null = null;

function remember(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('button, [role="button"]') : null;
  // What is awake has answered by itself: done again, it would close what it has just opened.
  if (target) early = isAwake(target) ? null : target;
}

/** React notes on each element that it has woken which component it belongs to; there is no official way to ask. */
function isAwake(element: HTMLElement): boolean {
  return Object.keys(element).some((key) => key.startsWith('__reactProps$'));
}

if (typeof document !== 'undefined') document.addEventListener('click', remember, { capture: true });

/** Does the last early click again; called once, when the page answers. */
export function replayEarlyClick(): void {
  document.removeEventListener('click', remember, { capture: true });
  if (early?.isConnected) early.click();
  early = null;
}
