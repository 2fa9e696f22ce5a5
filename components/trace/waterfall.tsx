'use client';

import {
  useCallback,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { isTyping } from '#components/shell/is-typing.ts';
import { Empty } from '#components/ui/empty.tsx';
import type { Stretch } from './critical-path.ts';
import type { Details } from './expand-outline.ts';
import { findSpans, type SpanSet } from './find-spans.ts';
import { visibleRows, type SpanRow } from './order-spans.ts';
import { SpanFinder } from './span-finder.tsx';
import { showRow, WaterfallTree } from './waterfall-tree.tsx';

interface WaterfallProps {
  details: Details;
  rows: readonly SpanRow[];
  path: ReadonlyMap<SpanRow, readonly Stretch[]>;
  durationUs: number;
  colours: ReadonlyMap<string, string>;
  selected: string | null;
  onSelect: (spanId: string | null) => void;
  find: string;
  set: SpanSet;
  onFind: (find: string) => void;
  onSet: (set: SpanSet) => void;
}

/** The spans of a trace as a tree over time. Only rows in sight exist; the tree itself holds the focus and names the current row. */
export function Waterfall(props: WaterfallProps) {
  const { details, rows, path, durationUs, colours, selected, onSelect, find, set, onFind, onSet } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  // Words may be in what an outline leaves out: nothing is found before that is here.
  const asked = useDeferredValue(details === 'coming' ? '' : find);
  const found = useMemo(() => findSpans(rows, asked, set, path), [rows, asked, set, path]);
  const visible = useMemo(() => found?.shown ?? visibleRows(rows, collapsed), [rows, collapsed, found]);
  const position = useMemo(
    () => visible.findIndex((index) => rows[index]?.span.spanId === selected),
    [visible, rows, selected],
  );
  const current = rows[visible[position] ?? -1];
  const toggle = useCallback((spanId: string) => {
    setCollapsed((before) => {
      const next = new Set(before);
      if (!next.delete(spanId)) next.add(spanId);
      return next;
    });
  }, []);
  function moveTo(target: number) {
    const bounded = Math.min(visible.length - 1, Math.max(0, target));
    const row = rows[visible[bounded] ?? -1];
    if (!row) return;
    onSelect(row.span.spanId);
    showRow(scroller.current, bounded);
  }
  function moveToMatch(step: 1 | -1) {
    const matches = [...visible.keys()].filter((place) => found?.matches.has(visible[place] ?? -1));
    const next = step === 1 ? matches.find((place) => place > position) : matches.findLast((place) => place < position);
    const target = next ?? matches.at(step === 1 ? 0 : -1);
    if (target !== undefined) moveTo(target);
  }
  function collapseAll(all: boolean) {
    setCollapsed(new Set(all ? rows.flatMap(({ descendants, span }) => (descendants > 0 ? [span.spanId] : [])) : []));
    scroller.current?.scrollTo({ top: 0 });
  }

  // The span of a link may come with the rest of a large trace; it is shown once, then the reader scrolls. Synchronises with the
  // scrolled element.
  const linked = useRef(selected);
  const reveal = useEffectEvent(() => {
    if (linked.current === selected) showRow(scroller.current, position, 'centre');
    linked.current = null;
  });
  const isThere = position >= 0;
  useEffect(() => {
    if (isThere) reveal();
  }, [isThere]);

  // j, k and Escape work wherever the focus is, as in every list. Synchronises with the keyboard of the document.
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
      // Escape in what lies on top closes that.
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
      if (event.key === 'Escape') return onSelect(null);
      if (event.key !== 'j' && event.key !== 'k') return;
      event.preventDefault();
      moveTo(position + (event.key === 'j' ? 1 : -1));
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
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
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  return (
    <>
      <SpanFinder
        text={find}
        set={set}
        found={found && found.matches.size}
        onText={onFind}
        onSet={onSet}
        onNext={moveToMatch}
        onCollapse={collapseAll}
      />
      <WaterfallTree
        {...{ scroller, rows, visible, position, path, durationUs, colours, collapsed, found, onKeyDown, onSelect }}
        onToggle={toggle}
      />
      {visible.length === 0 && <Empty title="No span matches">Look for less, or at all spans.</Empty>}
    </>
  );
}
