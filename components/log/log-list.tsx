'use client';

import { clsx } from 'clsx';
import { useRef } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import { LogRow } from './log-row.tsx';

interface LogListProps {
  lines: readonly LogLine[];
  /** Leave out what all lines share. */
  hide?: readonly ('service' | 'trace')[];
  /** False where another list of the page has j and k. */
  keys?: boolean;
  /** The span whose lines are to stand out. */
  spanId?: string | null;
  className?: string;
}

/** Log lines, each opening to its fields. */
export function LogList({ lines, hide = [], keys = true, spanId, className }: LogListProps) {
  const list = useRef<HTMLOListElement>(null);
  const none = useRef<HTMLOListElement>(null);
  useListKeys(keys ? list : none);
  return (
    <ol ref={list} className={clsx('overflow-y-auto', className)}>
      {lines.map((line, index) => (
        // Lines have no id, and two may be equal; they are never reordered, only replaced.
        // oxlint-disable-next-line react/no-array-index-key
        <LogRow key={`${line.tMs} ${index}`} line={line} hide={hide} marked={!!spanId && line.spanId === spanId} />
      ))}
    </ol>
  );
}
