'use client';

import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { followsRange } from './range-scope.ts';

// The overview has a first load to keep small, and no use for it.
const RangeButtons = dynamic(() => import('./range-buttons.tsx').then((module) => module.RangeButtons));

/** The one control for the time that all panels of a page show; nothing on pages that would not follow it. */
export function TimeRangeControl() {
  return followsRange(usePathname()) ? <RangeButtons /> : null;
}
