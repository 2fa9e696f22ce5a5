'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { DESTINATIONS } from './destinations.ts';
import { isTyping } from './is-typing.ts';
import { showOverlay } from './overlay.ts';

/** How long `g` waits for its letter. */
const CHORD_MS = 1_200;

/** Listens for the keys that work on every page. Renders nothing. */
export function Shortcuts() {
  const router = useRouter();

  // Synchronises with the keyboard of the document.
  useEffect(() => {
    let goUntilMs = 0;
    function onKeyDown(event: KeyboardEvent) {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        showOverlay('palette');
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      if (event.timeStamp < goUntilMs) {
        goUntilMs = 0;
        const destination = DESTINATIONS.find(({ key }) => key === event.key);
        if (!destination) return;
        event.preventDefault();
        router.push(destination.href);
        return;
      }
      if (event.key === 'g') goUntilMs = event.timeStamp + CHORD_MS;
      else if (event.key === '?') showOverlay('shortcuts');
      else if (event.key === 'n') showOverlay('notices');
      else if (event.key === '/') {
        event.preventDefault();
        showOverlay('palette');
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router]);

  return null;
}
