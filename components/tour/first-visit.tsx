'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { showOverlay } from '#components/shell/overlay.ts';
import { isFirstVisit, rememberTour } from './tour-memory.ts';

/** Shows the tour once in a browser, on the overview only: whoever follows a link from an alert has something to do. Renders nothing. */
export function FirstVisit() {
  const onOverview = usePathname() === '/';

  // Synchronises with the browser's memory, which the server cannot know.
  useEffect(() => {
    if (!onOverview || !isFirstVisit()) return;
    rememberTour();
    showOverlay('tour');
  }, [onOverview]);

  return null;
}
