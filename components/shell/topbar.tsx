'use client';

import { Search } from 'lucide-react';
import { Bell } from '#components/notices/bell.tsx';
import { DataAge } from '#components/live/data-age.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { TimeRangeControl } from '#components/time-range/time-range-control.tsx';
import { ViewsMenu } from '#components/views/views-menu.tsx';
import { showOverlay } from './overlay.ts';
import { Wordmark } from './wordmark.tsx';

/** What every page shares: search, the age of the data, the time range. */
export function Topbar() {
  return (
    <header className="sticky top-0 z-20 flex h-12 print:hidden items-center gap-3 border-b border-line bg-canvas px-6 max-md:gap-1.5 max-md:px-4">
      <span className="md:hidden">
        <Wordmark compact />
      </span>
      <button
        type="button"
        onClick={() => showOverlay('palette')}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-7 w-60 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-xs text-ink-faint hover:border-line-strong hover:text-ink-muted max-md:size-8 max-md:w-8 max-md:justify-center max-md:border-0 max-md:bg-transparent max-md:p-0 max-md:text-ink-muted"
      >
        <Search size={14} aria-hidden className="shrink-0" />
        <span className="max-md:sr-only">Go to…</span>
        <span aria-hidden className="ml-auto flex gap-0.5 max-md:hidden">
          <Kbd>⌘</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <ViewsMenu />
      <Bell />
      <div className="ml-auto flex items-center gap-4 max-md:gap-2">
        <DataAge />
        <TimeRangeControl />
      </div>
    </header>
  );
}
