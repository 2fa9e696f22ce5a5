'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { RefObject } from 'react';
import { showOverlay } from '#components/shell/overlay.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { AnchoredPopover } from '#components/ui/popover.tsx';
import { viewsQuery } from './views-query.ts';

const ITEM = 'flex h-7 w-full items-center rounded-sm px-2 text-left text-sm text-ink hover:bg-hover';

interface ViewsPopoverProps {
  /** The button that opened it. */
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** What was saved, each a link, and the way to save and to tidy up. */
export function ViewsPopover({ anchor, onClose }: ViewsPopoverProps) {
  const views = useQuery(viewsQuery(useTRPC()));

  function manage() {
    onClose();
    showOverlay('views');
  }
  return (
    <AnchoredPopover
      {...{ anchor, onClose }}
      align="start"
      aria-label="Saved views"
      className="max-h-[60vh] w-64 overflow-y-auto p-1"
    >
      <p className="px-2 pb-1 pt-1.5 text-2xs text-ink-faint">Saved views</p>
      <ul>
        {views.data?.map(({ id, name, path }) => (
          <li key={id}>
            <Link href={path} onClick={onClose} className={ITEM}>
              <span className="truncate">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
      {!views.data?.length && (
        <p className="px-2 pb-1.5 text-xs text-ink-muted">
          {views.error ? `They cannot be read: ${views.error.message}` : views.data ? 'None yet.' : 'Reading…'}
        </p>
      )}
      <div className="-mx-1 mt-1 border-t border-line px-1 pt-1">
        <button type="button" onClick={manage} className={ITEM}>
          Save this view…
        </button>
        {views.data && views.data.length > 0 && (
          <button type="button" onClick={manage} className={ITEM}>
            Rename or delete…
          </button>
        )}
      </div>
    </AnchoredPopover>
  );
}
