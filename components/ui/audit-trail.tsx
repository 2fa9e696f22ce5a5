import type { ReactNode } from 'react';
import { Moment } from '#components/format/moment.tsx';

export interface Deed {
  id: string;
  atMs: number;
  actor: string;
  /** "forced it open for 15 min" */
  what: string;
  reason: string;
  /** What came of it. */
  effect?: ReactNode;
}

/** What operators did, newest first, and why. */
export function AuditTrail({ deeds }: { deeds: readonly Deed[] }) {
  return (
    <ol>
      {deeds.map(({ id, atMs, actor, what, reason, effect }) => (
        <li
          key={id}
          className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 border-b border-line px-4 py-item-pad last:border-0"
        >
          <Moment ms={atMs} className="whitespace-nowrap text-xs leading-5 text-ink-faint" />
          <div className="min-w-0">
            <p>
              <span className="text-ink-muted">{actor}</span> <span className="font-medium text-ink">{what}</span>
            </p>
            <p className="break-words text-xs text-ink-muted">{reason}</p>
            {effect}
          </div>
        </li>
      ))}
    </ol>
  );
}
