'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Bell as BellIcon } from 'lucide-react';
import { showOverlay } from '#components/shell/overlay.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { noticesQuery } from './notices-query.ts';
import { isRead, useReadMemory } from './read-memory.ts';

const SHOWN_MAX = 9;

/** How much happened that was not read yet; opens the list of it. */
export function Bell() {
  const { data } = useQuery(noticesQuery(useTRPC()));
  const memory = useReadMemory();
  const unread = memory && data ? data.notices.filter((notice) => !isRead(memory, notice)) : [];
  const isGrave = unread.some(({ severity }) => severity === 'critical');
  const said = unread.length === 0 ? 'Notifications' : `Notifications: ${unread.length} not read`;
  return (
    <span className="relative inline-flex">
      <Button
        variant="ghost"
        size="icon"
        aria-label={said}
        aria-haspopup="dialog"
        aria-keyshortcuts="n"
        title={`${said} (n)`}
        onClick={() => showOverlay('notices')}
      >
        <BellIcon size={15} aria-hidden />
      </Button>
      {unread.length > 0 && (
        <span
          aria-hidden
          className={clsx(
            'pointer-events-none absolute right-0 top-0 flex h-3.5 min-w-3.5 items-center justify-center rounded-full px-0.5',
            'text-[9px] font-semibold leading-none text-surface ring-2 ring-canvas',
            isGrave ? 'bg-critical' : 'bg-ink-muted',
          )}
        >
          {unread.length > SHOWN_MAX ? `${SHOWN_MAX}+` : unread.length}
        </span>
      )}
      {/* Spoken when it changes; the button's name alone is read only to whoever comes by. */}
      <span aria-live="polite" className="sr-only">
        {unread.length > 0 && said}
      </span>
    </span>
  );
}
