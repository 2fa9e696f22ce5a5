'use client';

import { Bookmark } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

// Only the button is part of the frame, awake as soon as that is: what it opens comes when it is asked for.
const ViewsPopover = lazy(async () => ({ default: (await import('./views-popover.tsx')).ViewsPopover }));

/** The small menu of saved views. */
export function ViewsMenu() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        ref={button}
        variant="ghost"
        size="icon"
        aria-label="Saved views"
        aria-haspopup="dialog"
        aria-expanded={open}
        title="Saved views"
        onClick={() => setOpen(!open)}
      >
        <Bookmark size={15} aria-hidden />
      </Button>
      {open && (
        <Suspense>
          <ViewsPopover anchor={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
