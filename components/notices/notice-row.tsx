'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import type { Notice } from '#server/notices/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { showOverlay } from '#components/shell/overlay.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { severityTone } from '#components/ui/tone.ts';
import { markRead } from './read-memory.ts';

/** One thing that happened; opening what it is about marks it as read. */
export function NoticeRow({ notice, isNew }: { notice: Notice; isNew: boolean }) {
  const { id, tMs, severity, title, detail, href } = notice;
  function open() {
    markRead(id);
    showOverlay(null);
  }
  return (
    <li className="border-b border-line last:border-0">
      <Link
        href={href}
        prefetch={false}
        data-row
        onClick={open}
        className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 px-4 py-item-pad -outline-offset-2 hover:bg-hover"
      >
        <StatusGlyph tone={severityTone(severity)} label={severity} size={12} className="mt-1" />
        <span className="min-w-0">
          <span className={clsx('block text-pretty', isNew ? 'font-medium text-ink' : 'text-ink-muted')}>
            {isNew && <span className="sr-only">Not read: </span>}
            {title}
          </span>
          {detail && <span className="line-clamp-2 block break-words text-xs text-ink-faint">{detail}</span>}
        </span>
        <span className="flex items-center gap-2 self-start text-xs text-ink-faint">
          <Moment ms={tMs} className="leading-5" />
          <span aria-hidden className={clsx('size-1.5 rounded-full', isNew ? 'bg-accent' : 'bg-transparent')} />
        </span>
      </Link>
    </li>
  );
}
