'use client';

import type { ReactNode } from 'react';
import { formatAge } from '#components/format/duration.ts';
import { useNow } from '#components/live/clock.tsx';
import { Button } from './button.tsx';
import { Failed } from './failed.tsx';
import { StatusGlyph } from './status-glyph.tsx';

/** The part of a TanStack query result that decides what a panel shows. */
export interface QueryLike<T> {
  data: T | undefined;
  error: { message: string } | null;
  isPending: boolean;
  isRefetchError?: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

interface QueryStateProps<T> {
  query: QueryLike<T>;
  /** What the panel shows, with a capital: "Circuits". */
  what: string;
  /** A skeleton of the panel's shape. */
  loading: ReactNode;
  empty?: ReactNode;
  isEmpty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
}

/** Shows one of loading, failed, empty or the data; data that can no longer be refreshed stays, marked with its age. */
export function QueryState<T>({ query, what, loading, empty, isEmpty, children }: QueryStateProps<T>) {
  const { data } = query;
  if (data === undefined) {
    if (query.error) return <Failed what={what} error={query.error} retry={() => query.refetch()} />;
    return loading;
  }
  return (
    <>
      {query.error && (
        <StaleNote
          what={what}
          message={query.error.message}
          updatedAtMs={query.dataUpdatedAt}
          retry={() => query.refetch()}
        />
      )}
      {empty !== undefined && isEmpty?.(data) ? empty : children(data)}
    </>
  );
}

interface StaleNoteProps {
  what: string;
  message: string;
  updatedAtMs: number;
  retry: () => void;
}

function StaleNote({ what, message, updatedAtMs, retry }: StaleNoteProps) {
  const nowMs = useNow(1000);
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1 text-xs text-warn"
    >
      <StatusGlyph tone="warn" size={12} />
      <span className="min-w-0 truncate" title={message}>
        {what} as of {formatAge(nowMs - updatedAtMs)} ago: {message}
      </span>
      <Button size="sm" variant="ghost" className="ml-auto" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
