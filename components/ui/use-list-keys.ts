'use client';

import { useEffect, type RefObject } from 'react';
import { isInField } from '#components/shell/is-typing.ts';

/**
 * Lets j and k move the focus through the rows of a list; a row is any element with `data-row`, made focusable.
 * Enter and clicks are the row's own affair. Synchronises with the keyboard of the document.
 */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (
        (event.key !== 'j' && event.key !== 'k') ||
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        isInField(event)
      )
        return;
      // What lies on top has the keys to itself.
      const top = [...document.querySelectorAll('[role=dialog][data-state=open]')].at(-1);
      if (top && !top.contains(list.current)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const current = rows.indexOf(document.activeElement as HTMLElement);
      const next = rows[event.key === 'j' ? Math.min(rows.length - 1, current + 1) : Math.max(0, current - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [list]);
}
