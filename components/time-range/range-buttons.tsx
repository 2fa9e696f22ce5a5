'use client';

import { ChevronDown, Clock, Pause, Play, Undo2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useZone } from '#components/format/zone.ts';
import { useNow } from '#components/live/clock.tsx';
import { isTyping } from '#components/shell/is-typing.ts';
import { Button } from '#components/ui/button.tsx';
import { rangeHistory } from './range-history.ts';
import { useTimeRange } from './use-time-range.ts';
import { windowLabel } from './window-label.ts';

// What floats brings more script than all the rest of the frame: it comes when a hand nears the button.
const loadPanel = () => import('./range-panel.tsx');
const RangePanel = lazy(async () => ({ default: (await loadPanel()).RangePanel }));

const NO_HISTORY: readonly never[] = [];

/** What is shown, a way to choose something else, and whether it follows the clock. */
export function RangeButtons() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const time = useTimeRange();
  const zone = useZone();
  const nowMs = useNow(60_000);
  const history = useSyncExternalStore(rangeHistory.subscribe, rangeHistory.get, () => NO_HISTORY);
  const { back, live, setLive, setWindow, window } = time;
  const label = windowLabel(window, { zone, nowMs });

  // Synchronises with the keyboard of the document.
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event)) return;
      if (back()) event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [back]);

  return (
    <div role="group" aria-label="Time" className="flex items-center gap-1.5">
      {history.length > 0 && (
        <Button
          variant="ghost"
          size="icon"
          aria-label="Back to the time before"
          title="Back to the time before (Esc)"
          onClick={back}
          className="max-md:hidden"
        >
          <Undo2 size={14} aria-hidden />
        </Button>
      )}
      <div className="flex">
        <Button
          ref={button}
          aria-label={`Time range: ${label}`}
          aria-haspopup="dialog"
          aria-expanded={open}
          onPointerEnter={() => void loadPanel()}
          onClick={() => setOpen(!open)}
          className="rounded-r-none"
        >
          <Clock size={13} aria-hidden className="text-ink-faint max-md:hidden" />
          <span className="max-w-[46vw] truncate md:max-w-none">{label}</span>
          <ChevronDown size={13} aria-hidden className="text-ink-faint" />
        </Button>
        {open && (
          <Suspense>
            <RangePanel
              anchor={button}
              time={time}
              onClose={() => setOpen(false)}
              onChoose={(next) => {
                setOpen(false);
                setWindow(next);
              }}
            />
          </Suspense>
        )}
        <Button
          aria-pressed={live}
          aria-label="Live updates"
          title={live ? 'Following the clock: press to stand still' : 'Standing still: press to follow the clock'}
          onClick={() => setLive(!live)}
          className="-ml-px rounded-l-none px-2"
        >
          {live ? <Pause size={12} aria-hidden /> : <Play size={12} aria-hidden className="text-accent" />}
          <span className="max-md:sr-only">{live ? 'Live' : 'Paused'}</span>
        </Button>
      </div>
    </div>
  );
}
