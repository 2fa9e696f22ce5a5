// Keeps the last click on what React has not woken yet, which React drops; components/later/early-clicks.ts does it again. A file
// of its own and before all other code: the line may be slow. Links need no code to answer, and a field that is typed on tells all
// of its text.
(() => {
  const ANSWERS = 'button, [role="button"], input[type="checkbox"], input[type="radio"]';
  const listening = new AbortController();

  const early = {
    last: null,
    // React notes on each element that it has woken which component it belongs to; there is no official way to ask.
    isAwake: (element) => Object.keys(element).some((key) => key.startsWith('__reactProps$')),
    stop: () => listening.abort(),
  };
  window.earlyClicks = early;

  document.addEventListener(
    'click',
    ({ target }) => {
      const element = target instanceof Element ? target.closest(ANSWERS) : null;
      // What is awake has answered by itself: done again, it would close what it has just opened.
      if (element) early.last = early.isAwake(element) ? null : element;
    },
    { capture: true, signal: listening.signal },
  );
})();
