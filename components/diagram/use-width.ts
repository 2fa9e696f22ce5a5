'use client';

import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The width of an element; `first` until it is measured, which includes the server. */
export function useWidth(first: number): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(first);
  // Synchronises with the size of the element.
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(([entry]) => {
      // Hidden elements measure zero; the last real width is the better guess.
      if (entry && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
