'use client';

import { usePathname } from 'next/navigation';
import { lazy, Suspense } from 'react';
import { followsRange } from './range-scope.ts';

// The overview has a first load to keep small, and no use for it. Not next/dynamic: inside the frame, which comes by
// import() itself, that asks for preloads of files which no build makes.
const RangeButtons = lazy(async () => ({ default: (await import('./range-buttons.tsx')).RangeButtons }));

/** The one control for the time that all panels of a page show; nothing on pages that would not follow it. */
export function TimeRangeControl() {
  return followsRange(usePathname()) ? (
    <Suspense>
      <RangeButtons />
    </Suspense>
  ) : null;
}
