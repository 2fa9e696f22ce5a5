'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { TimeRange } from '#server/time/schema.ts';
import { useNow } from '#components/live/clock.tsx';
import { serverNow } from '#components/live/server-clock.ts';
import { rangeHistory } from './range-history.ts';
import {
  fixedWindow,
  isSameWindow,
  parseTimeWindow,
  resolveWindow,
  writeTimeWindow,
  type TimeWindow,
} from './time-window.ts';

const PARAMS = { from: parseAsString, to: parseAsString };
/** Axes of live panels move in these steps, the pace at which their data is refreshed. */
const STEP_MS = 5_000;

export interface TimeRangeState {
  /** What the address says; queries take it (`ranged`), so that a live panel keeps one key. */
  window: TimeWindow;
  /** The stretch it covers now. */
  range: TimeRange;
  live: boolean;
  spanMs: number;
  /** Shows exactly this stretch on every panel; Escape comes back. */
  setRange: (range: TimeRange) => void;
  setWindow: (window: TimeWindow) => void;
  /** Stands still at what is shown, or follows the clock again with the same span. */
  setLive: (live: boolean) => void;
  /** Back to the window before the last change; false when there is none. */
  back: () => boolean;
}

/** The one time range that all panels share; it lives in the address (`from`, `to`). */
export function useTimeRange(): TimeRangeState {
  const [params, setParams] = useQueryStates(PARAMS, { history: 'push' });
  const nowMs = useNow(STEP_MS);
  const { from, to } = params;
  const window = useMemo(() => parseTimeWindow({ from, to }), [from, to]);
  // A fixed range must stay the same object while the clock moves.
  const endMs = window.kind === 'live' ? nowMs : 0;
  const range = useMemo(() => resolveWindow(window, endMs), [window, endMs]);

  const setWindow = useCallback(
    (next: TimeWindow) => {
      if (isSameWindow(next, window)) return;
      rangeHistory.push(window);
      void setParams(writeTimeWindow(next));
    },
    [window, setParams],
  );
  const setRange = useCallback((next: TimeRange) => setWindow(fixedWindow(next.fromMs, next.toMs)), [setWindow]);
  const setLive = useCallback(
    (live: boolean) => {
      const shown = resolveWindow(window, serverNow());
      setWindow(live ? { kind: 'live', spanMs: shown.toMs - shown.fromMs } : fixedWindow(shown.fromMs, shown.toMs));
    },
    [window, setWindow],
  );
  const back = useCallback(() => {
    const previous = rangeHistory.pop();
    if (previous) void setParams(writeTimeWindow(previous));
    return previous !== undefined;
  }, [setParams]);

  return {
    window,
    range,
    live: window.kind === 'live',
    spanMs: range.toMs - range.fromMs,
    setRange,
    setWindow,
    setLive,
    back,
  };
}
