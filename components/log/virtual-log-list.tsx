'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import { formatMoment } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';
import { isTyping } from '#components/shell/is-typing.ts';
import { LogLineRow } from './log-line-row.tsx';
import { keysOf } from './merge-lines.ts';

interface VirtualLogListProps {
  lines: readonly LogLine[];
  openId: string | null;
  onOpen: (id: string | null) => void;
  onFilter: (text: string) => void;
  /** Says whether the newest line is in sight. */
  onTop: (top: boolean) => void;
  scroller: RefObject<HTMLDivElement | null>;
}

const ROW_PX = 29;
/** Lines that are left in sight above the one that a link names. */
const ROWS_ABOVE = 8;
const DAY_MS = 86_400_000;

/** Lines, the newest first; only those in sight exist. j and k move through them, Enter opens, Escape closes. */
export function VirtualLogList({ lines, openId, onOpen, onFilter, onTop, scroller }: VirtualLogListProps) {
  const zone = useZone();
  const list = useRef<HTMLOListElement>(null);
  const keys = useMemo(() => keysOf(lines), [lines]);
  const opened = lines.findIndex(({ id }) => id === openId);
  const severalDays = (lines[0]?.tMs ?? 0) - (lines.at(-1)?.tMs ?? 0) > DAY_MS / 2;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 12,
    // A link may name a line far below.
    initialOffset: () => Math.max(0, (opened - ROWS_ABOVE) * ROW_PX),
  });

  function focusOn(target: number) {
    const index = Math.min(lines.length - 1, Math.max(0, target));
    virtual.scrollToIndex(index);
    // The row may have to be made first.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`)?.focus({ preventScroll: true }),
    );
  }

  // j and k work wherever the focus is, as in every list. Synchronises with the keyboard of the document.
  useEffect(() => {
    function onLetter(event: globalThis.KeyboardEvent) {
      if ((event.key !== 'j' && event.key !== 'k') || event.metaKey || event.ctrlKey || event.altKey || isTyping(event))
        return;
      event.preventDefault();
      const row = document.activeElement?.closest('[data-index]');
      const current = row && list.current?.contains(row) ? Number(row.getAttribute('data-index')) : null;
      const step = event.key === 'j' ? 1 : -1;
      if (current !== null) focusOn(current + step);
      else focusOn(opened >= 0 ? opened + step : Math.round((scroller.current?.scrollTop ?? 0) / ROW_PX));
    }
    document.addEventListener('keydown', onLetter);
    return () => document.removeEventListener('keydown', onLetter);
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || openId === null) return;
    event.preventDefault();
    onOpen(null);
  }

  return (
    <div
      ref={scroller}
      onKeyDown={onKeyDown}
      onScroll={(event) => onTop(event.currentTarget.scrollTop < ROW_PX)}
      className="h-[62dvh] min-h-80 overflow-y-auto overflow-x-hidden [overflow-anchor:none]"
    >
      <ol ref={list} aria-label="Lines" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 border-b border-line"
              style={{ transform: `translateY(${start}px)` }}
            >
              <LogLineRow
                line={line}
                zone={zone}
                day={severalDays ? dayOf(line.tMs, zone) : null}
                open={line.id === openId}
                onToggle={onOpen}
                onFilter={onFilter}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function dayOf(tMs: number, zone: string): string {
  // A "now" far away makes the formatter say the day.
  return formatMoment(tMs, { zone, nowMs: tMs + 2 * DAY_MS }).replace(/ \d{2}:\d{2}$/, '');
}
