'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type RefObject } from 'react';
import type { Stretch } from './critical-path.ts';
import type { FoundSpans } from './find-spans.ts';
import type { SpanRow } from './order-spans.ts';
import { TimeAxis } from './time-axis.tsx';
import { WaterfallRow } from './waterfall-row.tsx';

export interface WaterfallTreeProps {
  scroller: RefObject<HTMLDivElement | null>;
  rows: readonly SpanRow[];
  /** Which of the rows are shown, and where among these the chosen one is; -1 when it is not. */
  visible: readonly number[];
  position: number;
  path: ReadonlyMap<SpanRow, readonly Stretch[]>;
  durationUs: number;
  colours: ReadonlyMap<string, string>;
  collapsed: ReadonlySet<string>;
  found: FoundSpans | null;
  onKeyDown: (event: KeyboardEvent) => void;
  onSelect: (spanId: string) => void;
  onToggle: (spanId: string) => void;
}

const ROW_PX = 28;
/** Rows that are drawn on either side of those in sight. */
const OVERSCAN = 3;
/** Rows that are left in sight above the span that a link names. */
const ROWS_ABOVE = 6;
/** The axis stays in sight at the top of the scrolled part: rows begin, and come into sight, below it. */
const AXIS_PX = 29;
const NO_STRETCHES: readonly Stretch[] = [];

/** The rows that are in sight; only these exist, and they alone are drawn again while one scrolls. */
export function WaterfallTree(props: WaterfallTreeProps) {
  const { scroller, rows, visible, position, path, durationUs, colours, collapsed, found } = props;
  const current = rows[visible[position] ?? -1];
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // Always as many, so that each row that comes can be drawn in the place of one that goes.
    rangeExtractor: ({ startIndex, count }) => {
      const drawn = Math.min(count, Math.ceil((virtual.scrollRect?.height ?? 0) / ROW_PX) + 1 + 2 * OVERSCAN);
      const first = Math.max(0, Math.min(startIndex - OVERSCAN, count - drawn));
      return Array.from({ length: drawn }, (_, place) => first + place);
    },
    // A link may name a span that lies far below.
    initialOffset: () => Math.max(0, (position - ROWS_ABOVE) * ROW_PX),
    scrollMargin: AXIS_PX,
  });
  const items = virtual.getVirtualItems();
  const slotOf = useSlots(items[0]?.index ?? 0, items.length);
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label="Spans"
      aria-activedescendant={current ? `span-${current.span.spanId}` : undefined}
      onKeyDown={props.onKeyDown}
      className="max-h-[70vh] overflow-y-auto overflow-x-hidden -outline-offset-2 [--step:14px] max-md:[--step:6px]"
    >
      <TimeAxis durationUs={durationUs} />
      <div role="none" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const index = visible[item.index] ?? -1;
          const row = rows[index];
          if (!row) return null;
          return (
            <WaterfallRow
              key={slotOf(item.index)}
              top={item.start - AXIS_PX}
              row={row}
              stretches={path.get(row) ?? NO_STRETCHES}
              durationUs={durationUs}
              colour={colours.get(row.span.service) ?? 'var(--wire)'}
              collapsed={!found && collapsed.has(row.span.spanId)}
              faint={found !== null && !found.matches.has(index)}
              selected={row === current}
              onSelect={props.onSelect}
              onToggle={props.onToggle}
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * Keys for the rows of a window over a list: a row that stays keeps its own, one that comes takes that of one that went. After a jump
 * past the whole window they begin anew, in the order of the rows, so that no element has to be moved.
 */
function useSlots(first: number, count: number): (index: number) => number {
  const before = useRef({ first, origin: first });
  // A render that is thrown away costs moves of elements, nothing else.
  /* oxlint-disable react/refs */
  const isJump = Math.abs(first - before.current.first) >= count;
  const origin = isJump ? first : before.current.origin;
  before.current = { first, origin };
  /* oxlint-enable react/refs */
  return (index) => (((index - origin) % count) + count) % count;
}

/** Scrolls no further than it must for a row to be seen, or to its middle. */
export function showRow(tree: HTMLElement | null, place: number, align: 'nearest' | 'centre' = 'nearest'): void {
  if (!tree) return;
  const top = place * ROW_PX;
  const room = tree.clientHeight - AXIS_PX;
  if (align === 'centre') tree.scrollTop = top - (room - ROW_PX) / 2;
  else tree.scrollTop = Math.max(top + ROW_PX - room, Math.min(tree.scrollTop, top));
}
