'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { isTyping } from '#components/shell/is-typing.ts';
import { criticalPath } from './critical-path.ts';
import { visibleRows, type SpanRow } from './order-spans.ts';
import { TimeAxis } from './time-axis.tsx';
import { WaterfallRow } from './waterfall-row.tsx';

interface WaterfallProps {
  rows: readonly SpanRow[];
  durationUs: number;
  colours: ReadonlyMap<string, string>;
  selected: string | null;
  onSelect: (spanId: string | null) => void;
}

const ROW_PX = 28;
/** Rows that are left in sight above the span that a link names. */
const ROWS_ABOVE = 6;
/** The axis stays in sight at the top of the scrolled part: rows begin, and come into sight, below it. */
const AXIS_PX = 29;

/** The spans of a trace as a tree over time. Only rows in sight exist; the tree itself holds the focus and names the current row. */
export function Waterfall({ rows, durationUs, colours, selected, onSelect }: WaterfallProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const path = useMemo(() => criticalPath(rows), [rows]);
  const visible = useMemo(() => visibleRows(rows, collapsed), [rows, collapsed]);
  const position = visible.findIndex((index) => rows[index]?.span.spanId === selected);
  const current = rows[visible[position] ?? -1];
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    // A link may name a span that lies far below.
    initialOffset: () => Math.max(0, (position - ROWS_ABOVE) * ROW_PX),
    scrollMargin: AXIS_PX,
    scrollPaddingStart: AXIS_PX,
  });

  function toggle(spanId: string) {
    const next = new Set(collapsed);
    if (!next.delete(spanId)) next.add(spanId);
    setCollapsed(next);
  }
  function moveTo(target: number) {
    const bounded = Math.min(visible.length - 1, Math.max(0, target));
    const row = rows[visible[bounded] ?? -1];
    if (!row) return;
    onSelect(row.span.spanId);
    virtual.scrollToIndex(bounded);
  }

  // j and k work wherever the focus is, as in every list. Synchronises with the keyboard of the document.
  useEffect(() => {
    function onLetter(event: globalThis.KeyboardEvent) {
      if ((event.key !== 'j' && event.key !== 'k') || event.metaKey || event.ctrlKey || event.altKey || isTyping(event))
        return;
      event.preventDefault();
      moveTo(position + (event.key === 'j' ? 1 : -1));
    }
    document.addEventListener('keydown', onLetter);
    return () => document.removeEventListener('keydown', onLetter);
  });

  function onKeyDown(event: KeyboardEvent) {
    const isOpen = current && current.descendants > 0 && !collapsed.has(current.span.spanId);
    const moves: Record<string, (() => void) | undefined> = {
      ArrowDown: () => moveTo(position + 1),
      ArrowUp: () => moveTo(position - 1),
      Home: () => moveTo(0),
      End: () => moveTo(visible.length - 1),
      ArrowRight: () => {
        if (current && current.descendants > 0) return isOpen ? moveTo(position + 1) : toggle(current.span.spanId);
      },
      ArrowLeft: () => {
        if (isOpen) toggle(current.span.spanId);
        else if (current && current.parent >= 0) moveTo(visible.indexOf(current.parent));
      },
      Enter: () => current && current.descendants > 0 && toggle(current.span.spanId),
      Escape: selected === null ? undefined : () => onSelect(null),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label="Spans"
      aria-activedescendant={current ? `span-${current.span.spanId}` : undefined}
      onKeyDown={onKeyDown}
      className="max-h-[70vh] overflow-y-auto overflow-x-hidden -outline-offset-2"
    >
      <TimeAxis durationUs={durationUs} />
      <div role="none" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[visible[item.index] ?? -1];
          if (!row) return null;
          return (
            <WaterfallRow
              key={item.key}
              top={item.start - AXIS_PX}
              row={row}
              stretches={path.get(row) ?? []}
              durationUs={durationUs}
              colour={colours.get(row.span.service) ?? 'var(--wire)'}
              collapsed={collapsed.has(row.span.spanId)}
              selected={row === current}
              onSelect={() => onSelect(row.span.spanId)}
              onToggle={() => toggle(row.span.spanId)}
            />
          );
        })}
      </div>
    </div>
  );
}
