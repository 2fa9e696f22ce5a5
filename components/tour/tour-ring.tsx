'use client';

import { useEffect, useState } from 'react';

const MARGIN = 4;

/** A ring around what a step is about; nothing where that is not on the screen. */
export function TourRing({ targets }: { targets: readonly string[] }) {
  const [box, setBox] = useState<DOMRect | null>(null);

  // Synchronises with the layout of the page, which moves when the window or what is shown changes.
  useEffect(() => {
    const measure = () => setBox(findBox(targets));
    const frame = requestAnimationFrame(measure);
    window.addEventListener('resize', measure);
    document.addEventListener('scroll', measure, { passive: true, capture: true });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('resize', measure);
      document.removeEventListener('scroll', measure, { capture: true });
    };
  }, [targets]);

  if (!box) return null;
  return (
    <div
      aria-hidden
      data-tour-ring
      className="pointer-events-none fixed z-40 rounded-md outline-2 outline-accent print:hidden"
      style={{
        left: box.left - MARGIN,
        top: box.top - MARGIN,
        width: box.width + 2 * MARGIN,
        height: box.height + 2 * MARGIN,
      }}
    />
  );
}

function findBox(targets: readonly string[]): DOMRect | null {
  for (const element of targets.flatMap((target) => [...document.querySelectorAll(target)])) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight) return box;
  }
  return null;
}
