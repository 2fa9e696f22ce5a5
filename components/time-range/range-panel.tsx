'use client';

import { clsx } from 'clsx';
import type { RefObject } from 'react';
import { useZone } from '#components/format/zone.ts';
import { AnchoredPopover } from '#components/ui/popover.tsx';
import { CustomRange } from './custom-range.tsx';
import { PRESETS, type TimeWindow } from './time-window.ts';
import type { TimeRangeState } from './use-time-range.ts';
import { presetLabel } from './window-label.ts';
import { ZoneSelect } from './zone-select.tsx';

interface RangePanelProps {
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  time: TimeRangeState;
  onChoose: (window: TimeWindow) => void;
}

/** Presets, a stretch of one's own, and the zone in which times are shown. */
export function RangePanel({ anchor, onClose, time, onChoose }: RangePanelProps) {
  const zone = useZone();
  const { window } = time;
  return (
    <AnchoredPopover
      {...{ anchor, onClose }}
      aria-label="Time range"
      className="flex w-[432px] max-w-[calc(100vw-16px)] max-sm:flex-col"
    >
      <ul className="flex w-32 shrink-0 flex-col gap-0.5 border-r border-line p-1.5 max-sm:w-full max-sm:flex-row max-sm:flex-wrap max-sm:border-b max-sm:border-r-0">
        {PRESETS.map((spanMs) => {
          const chosen = window.kind === 'live' && window.spanMs === spanMs;
          return (
            <li key={spanMs}>
              <button
                type="button"
                aria-pressed={chosen}
                onClick={() => onChoose({ kind: 'live', spanMs })}
                className={clsx(
                  'h-7 w-full whitespace-nowrap rounded-sm px-2 text-left text-sm hover:bg-hover',
                  chosen ? 'bg-selected font-medium text-ink' : 'text-ink-muted',
                )}
              >
                Last {presetLabel(spanMs)}
              </button>
            </li>
          );
        })}
      </ul>
      <div className="flex min-w-0 flex-1 flex-col gap-3 p-3">
        <CustomRange key={zone} range={time.range} zone={zone} onChoose={onChoose} />
        <ZoneSelect zone={zone} />
        <p className="text-2xs text-ink-faint text-pretty">
          Drag across any chart to zoom all of them. Escape goes back.
        </p>
      </div>
    </AnchoredPopover>
  );
}
