/** The browser's memory of the tour; e2e/fixtures.ts sets it so that journeys meet no tour. */
const KEY = 'switchyard.tour';

/** True until the tour was shown in this browser. Where nothing can be remembered it is never shown by itself. */
export function isFirstVisit(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}

export function rememberTour(): void {
  try {
    localStorage.setItem(KEY, 'seen');
  } catch {
    // Storage may be forbidden; the tour then waits to be asked for.
  }
}
