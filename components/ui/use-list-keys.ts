'use client';

import { useEffect, type RefObject } from 'react';
import { isInField } from '#components/shell/is-typing.ts';

type List = RefObject<HTMLElement | null>;

/** Those of the page: they share the keys, so that j goes on from the last row of one to the first of the next. */
const lists = new Set<List>();

/**
 * Lets j and k move the focus through the rows of a list; a row is any element with `data-row`, made focusable.
 * Enter and clicks are the row's own affair. Synchronises with the keyboard of the document.
 */
export function useListKeys(list: List): void {
  useEffect(() => {
    if (lists.size === 0) document.addEventListener('keydown', onKeyDown);
    lists.add(list);
    return () => {
      lists.delete(list);
      if (lists.size === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [list]);
}

function onKeyDown(event: KeyboardEvent) {
  if (event.key !== 'j' && event.key !== 'k') return;
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isInField(event)) return;
  const rows = shownRows();
  const from = document.activeElement ?? document.body;
  const next =
    event.key === 'j'
      ? (rows.find((row) => follows(from, row)) ?? rows.at(-1))
      : (rows.findLast((row) => follows(row, from)) ?? rows[0]);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

/** Of what lies on top, which has the keys to itself. */
function shownRows(): HTMLElement[] {
  const top = [...document.querySelectorAll('[role=dialog][data-state=open]')].at(-1);
  return [...lists]
    .flatMap(({ current }) => current ?? [])
    .filter((list) => !top || top.contains(list))
    .toSorted((a, b) => (follows(a, b) ? -1 : 1))
    .flatMap((list) => [...list.querySelectorAll<HTMLElement>('[data-row]:not(:disabled)')])
    .filter((row) => row.checkVisibility());
}

function follows(first: Node, second: Node): boolean {
  return (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
